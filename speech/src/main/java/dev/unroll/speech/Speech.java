package dev.unroll.speech;

import dev.unroll.cli.Cli;
import picocli.CommandLine.Command;

/** The task's main class: {@code VERB [OPTIONS] [ARGS]}. */
@Command(
    name = "speech",
    description = "Write down what is said in recordings, with a recurrent network and CTC.",
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      TranscribeCommand.class,
      StreamCommand.class,
      ExplainCommand.class,
      DemoCommand.class
    })
public final class Speech {
  /** Runs a verb and ends the program with its exit code. */
  public static void main(String... args) {
    System.exit(Cli.run(new Speech(), args));
  }
}
