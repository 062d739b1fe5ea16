package dev.unroll.sentiment;

import dev.unroll.cli.Cli;
import picocli.CommandLine.Command;

/** The task's main class: {@code VERB [OPTIONS] [ARGS]}. */
@Command(
    name = "unroll sentiment",
    description = "Classify texts, such as reviews, with a recurrent network.",
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      ClassifyCommand.class,
      ExplainCommand.class,
      ExportCommand.class,
      DemoCommand.class
    })
public final class Sentiment {
  /** Runs a verb and ends the program with its exit code. */
  public static void main(String... args) {
    System.exit(Cli.run(new Sentiment(), args));
  }
}
