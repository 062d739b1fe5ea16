package dev.unroll.embeddings;

import dev.unroll.cli.Cli;
import picocli.CommandLine.Command;

/** The task's main class: {@code VERB [OPTIONS] [ARGS]}. */
@Command(
    name = "unroll embeddings",
    description = "Learn word vectors from text, and ask them for neighbours and analogies.",
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      NearestCommand.class,
      AnalogyCommand.class,
      SimilarityCommand.class,
      OddOneOutCommand.class,
      ConvertCommand.class,
      MapCommand.class,
      DemoCommand.class
    })
public final class Embeddings {
  /** Runs a verb and ends the program with its exit code. */
  public static void main(String... args) {
    System.exit(Cli.run(new Embeddings(), args));
  }
}
