package dev.unroll.activity;

import dev.unroll.cli.Cli;
import picocli.CommandLine.Command;

/** The task's main class: {@code VERB [OPTIONS] [ARGS]}. */
@Command(
    name = "unroll activity",
    description = "Tell what recordings of sensors or of moving figures show.",
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      RecogniseCommand.class,
      ExplainCommand.class,
      DemoCommand.class
    })
public final class Activity {
  /** Runs a verb and ends the program with its exit code. */
  public static void main(String... args) {
    System.exit(Cli.run(new Activity(), args));
  }
}
