package dev.unroll.charlm;

import dev.unroll.cli.Cli;
import picocli.CommandLine.Command;

/** The task's main class: {@code VERB [OPTIONS] [ARGS]}. */
@Command(
    name = "unroll charlm",
    description = "Learn from text what comes next, and write, judge and explain with it.",
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      SampleCommand.class,
      ScoreCommand.class,
      ExplainCommand.class,
      ExportCommand.class,
      DemoCommand.class
    })
public final class CharLm {
  /** Runs a verb and ends the program with its exit code. */
  public static void main(String... args) {
    System.exit(Cli.run(new CharLm(), args));
  }
}
