package dev.unroll.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete tasks, verbs, options, their values and files. */
@Command(
    name = "completion",
    description = "Print the completion for bash and zsh; try: source <(unroll completion)")
final class CompletionCommand implements Runnable {
  @Spec private CommandSpec command;

  @Override
  public void run() {
    command.commandLine().getOut().println(AutoComplete.bash("unroll", AllCommands.ofLauncher()));
  }
}
