package dev.unroll.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A program at the other end of two pipes: it asks a verb, waits for the answer, and only then asks
 * again.
 */
public final class Dialogue implements AutoCloseable {
  private final InputStream before = System.in;
  private final PipedOutputStream questions = new PipedOutputStream();
  private final Lines answers = new Lines();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final Thread verb;
  private volatile int code = -1;

  /**
   * Begins a verb, which reads what is asked from standard input.
   *
   * @param args the verb and its options
   * @throws IOException if the pipes cannot be joined
   */
  public Dialogue(Program program, String... args) throws IOException {
    System.setIn(new PipedInputStream(questions));
    PrintStream err = new PrintStream(errors, true, UTF_8);
    verb = new Thread(() -> code = program.run(answers, err, args));
    verb.start();
  }

  /** The first line of the answer; a failure if none comes while the verb waits for more. */
  public String ask(String lines) throws IOException, InterruptedException {
    questions.write(lines.getBytes(UTF_8));
    questions.flush();
    return answer();
  }

  /** The next line of the answer. */
  public String answer() throws InterruptedException {
    String line = answers.lines.poll(30, TimeUnit.SECONDS);
    assertThat(line)
        .as("an answer before the next question; " + errors.toString(UTF_8))
        .isNotNull();
    return line;
  }

  @Override
  public void close() throws IOException {
    questions.close();
    assertThat(ends(verb)).isTrue();
    System.setIn(before);
    assertThat(code).as(errors.toString(UTF_8)).isZero();
    assertThat(answers.lines).isEmpty();
  }

  private static boolean ends(Thread thread) {
    try {
      thread.join(30_000);
      return !thread.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static final class Lines extends OutputStream {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public void write(int value) {
      if (value == '\n') {
        lines.add(line.toString(UTF_8));
        line.reset();
      } else {
        line.write(value);
      }
    }
  }

  /** What a shell makes of {@code <(cat FILE)}: a pipe into which somebody writes the file. */
  public static String pipe(Path file) throws IOException, InterruptedException {
    Path pipe = Files.createTempDirectory(file.getParent(), "pipe").resolve(file.getFileName());
    assumeTrue(makesPipe(pipe), "there is no mkfifo");
    Thread writer =
        new Thread(
            () -> {
              try (OutputStream out = Files.newOutputStream(pipe)) {
                Files.copy(file, out);
              } catch (IOException e) {
                // The reader has seen enough.
              }
            });
    writer.setDaemon(true);
    writer.start();
    return pipe.toString();
  }

  private static boolean makesPipe(Path pipe) throws InterruptedException {
    try {
      return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
