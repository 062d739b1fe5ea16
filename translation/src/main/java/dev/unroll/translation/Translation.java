package dev.unroll.translation;

import dev.unroll.cli.Cli;
import picocli.CommandLine.Command;

/** The task's main class: {@code VERB [OPTIONS] [ARGS]}. */
@Command(
    name = "unroll translation",
    description = "Translate sentences with an encoder, a decoder and attention.",
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      TranslateCommand.class,
      ExplainCommand.class,
      DemoCommand.class
    })
public final class Translation {
  /** Runs a verb and ends the program with its exit code. */
  public static void main(String... args) {
    System.exit(Cli.run(new Translation(), args));
  }
}
