package dev.unroll.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code help VERB} for who does not think of {@code VERB --help}; {@link Cli} adds it. */
@Command(name = "help", description = "Show this help, or that of a verb.")
final class HelpVerb implements Runnable {
  @Spec private CommandSpec command;

  @Parameters(arity = "0..1", paramLabel = "VERB", description = "The verb to show the help of.")
  private String verb;

  @Override
  public void run() {
    CommandLine task = command.parent().commandLine();
    CommandLine shown = verb == null ? task : task.getSubcommands().get(verb);
    if (shown == null) {
      throw new ParameterException(
          task,
          "there is no verb '%s'; did you mean %s?"
              .formatted(verb, Nearest.to(verb, task.getSubcommands().keySet())));
    }
    shown.usage(task.getOut());
  }
}
