package dev.unroll.ner;

import dev.unroll.cli.Cli;
import picocli.CommandLine.Command;

/** The task's main class: {@code VERB [OPTIONS] [ARGS]}. */
@Command(
    name = "unroll ner",
    description = "Find names in texts with a recurrent network and a conditional random field.",
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      TagCommand.class,
      LabelCommand.class,
      ExportCommand.class,
      DemoCommand.class
    })
public final class Ner {
  /** Runs a verb and ends the program with its exit code. */
  public static void main(String... args) {
    System.exit(Cli.run(new Ner(), args));
  }
}
