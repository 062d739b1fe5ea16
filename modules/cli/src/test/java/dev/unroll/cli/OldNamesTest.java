package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

class OldNamesTest {
  @Command(
      name = "toy",
      subcommands = {Draw.class, Train.class})
  static final class Toy {}

  @Command(name = "draw")
  static final class Draw implements Runnable {
    @Spec CommandSpec command;

    @Option(names = "--out", required = true)
    String out;

    @Option(names = "--lowercase")
    boolean lowercase;

    @Override
    public void run() {
      command.commandLine().getOut().println(out + " " + lowercase);
    }
  }

  @Command(name = "train")
  static final class Train implements Runnable {
    @Spec CommandSpec command;

    @Option(names = "--output")
    String output;

    @Option(names = "--out")
    String out;

    @Override
    public void run() {
      command.commandLine().getOut().println(output + " " + out);
    }
  }

  private static String run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(out, true, StandardCharsets.UTF_8);
    Cli.run(new Toy(), out, err, args);
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void aCommandUnderstandsTheNamesOfBefore() {
    assertThat(run("draw", "--output", "a.svg", "--lower-case")).isEqualTo("a.svg true");
    assertThat(run("draw", "--output=a.svg")).isEqualTo("a.svg false");
  }

  @Test
  void aNameThatIsStillInUseIsItself() {
    assertThat(run("train", "--output", "crf", "--out", "x")).isEqualTo("crf x");
  }

  @Test
  void helpShowsTheNewNamesOnly() {
    assertThat(run("draw", "--help"))
        .contains("--out=", "--lowercase")
        .doesNotContain("--output", "--lower-case");
  }

  @Test
  void othersAreStillUnknown() {
    assertThat(run("draw", "--out", "x", "--format", "y")).contains("Unknown option");
  }
}
