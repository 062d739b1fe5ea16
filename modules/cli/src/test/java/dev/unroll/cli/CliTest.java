package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

class CliTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Command(name = "toy", subcommands = Toy.Fail.class)
  static final class Toy {
    @Command(name = "fail")
    static final class Fail implements Callable<Integer> {
      @Spec CommandSpec command;
      @Mixin AnswerOptions answers;

      @Option(names = "--with")
      String with = "nothing";

      @Option(names = "--number")
      int number;

      @Override
      public Integer call() throws Exception {
        Answers answer = answers.answers();
        switch (with) {
          case "usage" -> throw UserError.usage("--number must be even, not 3; give an even one");
          case "data" -> throw UserError.data("a.tsv", 7, "two columns wanted, 3 found");
          case "name" -> throw new NoSuchFileException("one\nfolder");
          case "long" -> throw new IllegalStateException("x".repeat(1 << 20));
          case "missing" -> throw new NoSuchFileException("a.tsv");
          case "bug" -> throw new IllegalStateException("first line\nsecond line");
          case "memory" -> throw new OutOfMemoryError("Java heap space");
          case "interruption" -> {
            return ExitCode.INTERRUPTED;
          }
          default -> answer.text("naïve " + number);
        }
        return ExitCode.DONE;
      }
    }
  }

  private int run(String... args) {
    return Cli.run(new Toy(), out, new PrintStream(err, true, StandardCharsets.UTF_8), args);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void resultsAreUtf8OnStandardOutputAndNothingElseIs() {
    assertThat(run("fail", "--number", "3")).isZero();
    assertThat(out()).isEqualTo("naïve 3\n");
    assertThat(err()).isEmpty();
  }

  @Test
  void aUserErrorIsItsOneLineAndItsCode() {
    assertThat(run("fail", "--with", "data")).isEqualTo(3);
    assertThat(err()).isEqualToNormalizingNewlines("error: a.tsv:7: two columns wanted, 3 found\n");
    assertThat(out()).isEmpty();
  }

  @Test
  void aUserErrorOfUsageIsTwo() {
    assertThat(run("fail", "--with", "usage")).isEqualTo(2);
  }

  @Test
  void anInterruptedCommandEndsWithItsCode() {
    assertThat(run("fail", "--with", "interruption")).isEqualTo(130);
  }

  @Test
  void aFileExceptionSaysMoreThanThePath() {
    assertThat(run("fail", "--with", "missing")).isEqualTo(1);
    assertThat(err()).isEqualToNormalizingNewlines("error: a.tsv: no such file\n");
  }

  @Test
  void anyOtherExceptionIsOneLineToo() {
    assertThat(run("fail", "--with", "bug")).isEqualTo(1);
    assertThat(err().lines()).hasSize(1);
    assertThat(err()).startsWith("error: toy fail failed: ").contains("first line; second line");
  }

  @Test
  void whatAnErrorQuotesMakesItNeitherLongNorSeveralLines() {
    assertThat(run("fail", "--with", "name")).isEqualTo(1);
    assertThat(err()).isEqualToNormalizingNewlines("error: one\\nfolder: no such file\n");
    err.reset();
    assertThat(run("fail", "--with", "long")).isEqualTo(1);
    assertThat(err().lines()).hasSize(1);
    assertThat(err()).hasSizeLessThan(1000).endsWith("--verbose shows where)\n");
    err.reset();
    assertThat(run("fail", "--number", "1\n" + " ".repeat(100_000) + "2")).isEqualTo(2);
    assertThat(err().lines()).hasSize(1);
    assertThat(err()).hasSizeLessThan(1000).endsWith("--help)\n");
  }

  @Test
  void verboseAddsTheStackTrace() {
    assertThat(run("fail", "--with", "bug", "--verbose")).isEqualTo(1);
    assertThat(err()).contains("\tat dev.unroll.cli.CliTest");
  }

  @Test
  void outOfMemoryNamesTheRemedy() {
    assertThat(run("fail", "--with", "memory")).isEqualTo(1);
    assertThat(err().lines()).hasSize(1);
    assertThat(err()).contains("Java heap space", "--batch", "UNROLL_JAVA_OPTS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail --numbr 3", "fail --number x", "fail stray", "fial"})
  void wrongUsageIsOneLineThatPointsToTheHelp(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err().lines()).hasSize(1);
    assertThat(err()).startsWith("error: ").contains("--help)");
  }

  @Test
  void aMistypedOptionGetsASuggestion() {
    run("fail", "--numbr", "3");
    assertThat(err()).contains("did you mean --number?");
  }

  @Test
  void optionsMayStandInAFileAndThoseOnTheLineWin(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("options"), "--number 3\n");
    assertThat(run("fail", "@" + file, "--number", "4")).isZero();
    assertThat(out()).isEqualTo("naïve 4\n");
    assertThat(err()).isEmpty();
  }

  @Test
  void helpAndVersionAreKnownEverywhere() {
    assertThat(run("fail", "--help")).isZero();
    assertThat(out()).contains("--number", "--verbose");
    out.reset();
    assertThat(run("--version")).isZero();
    assertThat(out()).matches("unroll \\d\\S+ \\(Deeplearning4j \\d\\S+, Java \\d.*\\)\\R");
    assertThat(err()).isEmpty();
  }

  @Test
  void aReaderThatHasGoneEndsTheCommandQuietly() {
    assertThat(runInto(new Broken("Broken pipe"))).isZero();
    assertThat(err()).isEmpty();
  }

  @Test
  void aFullDiskBehindStandardOutputIsAnError() {
    assertThat(runInto(new Broken("No space left on device"))).isEqualTo(1);
    assertThat(err()).contains("standard output").contains("No space left on device");
  }

  private int runInto(OutputStream broken) {
    return Cli.run(new Toy(), broken, new PrintStream(err, true, StandardCharsets.UTF_8), "fail");
  }

  private static final class Broken extends OutputStream {
    private final String message;

    Broken(String message) {
      this.message = message;
    }

    @Override
    public void write(int value) throws IOException {
      throw new IOException(message);
    }
  }
}
