package dev.unroll.cli;

import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a verb prints what it found. */
public final class AnswerOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--json", description = "Print one JSON object a line instead of text.")
  private boolean json;

  /** Whether JSON is wanted. */
  public boolean json() {
    return json;
  }

  /** Where the answers go: standard output. */
  public Answers answers() {
    return new Answers(command.commandLine().getOut(), json);
  }

  /** Who follows the training that the command is, if it is not a person at a terminal. */
  Optional<TrainingWatch> watch() {
    return Mixins.find(command, TrainingWatch.class);
  }

  /** Where everything else goes: standard error. */
  public PrintWriter err() {
    return command.commandLine().getErr();
  }
}
