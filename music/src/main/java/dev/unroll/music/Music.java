package dev.unroll.music;

import dev.unroll.cli.Cli;
import picocli.CommandLine.Command;

/** The task's main class: {@code VERB [OPTIONS] [ARGS]}. */
@Command(
    name = "unroll music",
    description =
        "Learn from music what sounds next, and compose, harmonise, judge and explain with it.",
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      ComposeCommand.class,
      HarmoniseCommand.class,
      ScoreCommand.class,
      ExplainCommand.class,
      DemoCommand.class
    })
public final class Music {
  /** Runs a verb and ends the program with its exit code. */
  public static void main(String... args) {
    System.exit(Cli.run(new Music(), args));
  }
}
