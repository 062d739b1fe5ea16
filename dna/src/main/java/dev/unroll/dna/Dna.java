package dev.unroll.dna;

import dev.unroll.cli.Cli;
import picocli.CommandLine.Command;

/** The task's main class: {@code VERB [OPTIONS] [ARGS]}. */
@Command(
    name = "unroll dna",
    description = "Label sequences of DNA, whole or base by base.",
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      ClassifyCommand.class,
      AnnotateCommand.class,
      ExplainCommand.class,
      DemoCommand.class
    })
public final class Dna {
  /** Runs a verb and ends the program with its exit code. */
  public static void main(String... args) {
    System.exit(Cli.run(new Dna(), args));
  }
}
