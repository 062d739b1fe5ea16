package dev.unroll.majority;

import dev.unroll.cli.Cli;
import picocli.CommandLine.Command;

/** The task's main class: {@code VERB [OPTIONS] [ARGS]}. */
@Command(
    name = "unroll majority",
    description = "Answer every text with the commonest label.",
    subcommands = {TrainCommand.class, EvaluateCommand.class, ClassifyCommand.class})
public final class Majority {
  /** Runs a verb and ends the program with its exit code. */
  public static void main(String... args) {
    System.exit(Cli.run(new Majority(), args));
  }
}
