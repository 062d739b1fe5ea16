package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs a process of its own, since only that can be sent a signal. */
@Timeout(30)
class InterruptionTest {
  /** Trains until it is asked to stop, then needs a moment for its checkpoint and its answer. */
  @Command(name = "training")
  static final class Training implements Callable<Integer> {
    @Mixin private AnswerOptions answers;

    public static void main(String[] args) {
      System.exit(Cli.run(new Training(), args));
    }

    @Override
    public Integer call() throws InterruptedException {
      try (Interruption interruption = Interruption.listen()) {
        System.out.println("training");
        while (!interruption.requested()) {
          Thread.sleep(10);
        }
        Thread.sleep(200);
        System.out.println("checkpoint written");
        answers.answers().text("what is left in a buffer");
      }
      Thread.sleep(200);
      return ExitCode.DONE;
    }
  }

  /** Is done with training, and then sent a signal. */
  static final class After {
    public static void main(String[] args) throws InterruptedException {
      try (Interruption interruption = Interruption.listen()) {
        System.out.println(interruption.requested() ? "requested" : "training");
      }
      Thread.sleep(20_000);
    }
  }

  /** Waits for input that does not come, as a verb at a terminal does. */
  @Command(name = "waiting")
  static final class Waiting implements Callable<Integer> {
    public static void main(String[] args) {
      System.exit(Cli.run(new Waiting(), args));
    }

    @Override
    public Integer call() throws IOException {
      System.out.println("training");
      return System.in.read();
    }
  }

  @Test
  void whoeverWaitsForInputEndsAtOnceAndSaysSo() throws Exception {
    Process process = start(Waiting.class, ProcessBuilder.Redirect.PIPE);
    long began = System.nanoTime();
    assertThat(interrupted(process)).isEmpty();
    assertThat(process.errorReader().lines()).containsExactly("interrupted");
    assertThat(process.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat((System.nanoTime() - began) / 1e9).isLessThan(10);
  }

  @Test
  void aTrainingSaysWhatBecameOfItAndNothingIsAdded() throws Exception {
    Process process = start(Training.class, ProcessBuilder.Redirect.PIPE);
    interrupted(process);
    assertThat(process.errorReader().lines()).isEmpty();
  }

  @Test
  void aSignalLetsTheTrainingFinishAndTheProcessEndWith130() throws Exception {
    Process process = start(Training.class);
    assertThat(interrupted(process))
        .containsExactly("checkpoint written", "what is left in a buffer");
    assertThat(process.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
  }

  @Test
  void afterTheTrainingASignalEndsTheProcessAtOnce() throws Exception {
    Process process = start(After.class);
    assertThat(interrupted(process)).isEmpty();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ExitCode.INTERRUPTED);
  }

  private static Process start(Class<?> main) throws IOException {
    return start(main, ProcessBuilder.Redirect.INHERIT);
  }

  private static Process start(Class<?> main, ProcessBuilder.Redirect errors) throws IOException {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"), "there is no kill -INT");
    assumeFalse(interruptsAreIgnored(), "a shell ignores Ctrl-C for its background jobs");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), main.getName())
        .redirectError(errors)
        .start();
  }

  /** A process that was started to ignore SIGINT, number 2, hands that on to its children. */
  private static boolean interruptsAreIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    String mask =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .map(line -> line.substring("SigIgn:".length()).strip())
            .orElse("0");
    return (Long.parseUnsignedLong(mask, 16) >> 1 & 1) == 1;
  }

  private static List<String> interrupted(Process process) throws Exception {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("training");
      Thread.sleep(100); // After leaves its block
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
      return out.lines().toList();
    }
  }
}
