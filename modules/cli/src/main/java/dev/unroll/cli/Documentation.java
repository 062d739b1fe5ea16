package dev.unroll.cli;

import picocli.CommandLine.Command;

/**
 * The launcher's verbs about itself, of which it calls {@link #main} with {@value
 * AllCommands#MAINS} set and every task on the class path.
 */
@Command(
    name = "unroll",
    description =
        "Train recurrent networks for sequences on data of your own, and ask them for answers.",
    subcommands = {CompletionCommand.class, ManualCommand.class})
public final class Documentation {
  Documentation() {}

  /** Takes the verb and its options. */
  public static void main(String... args) {
    System.exit(Cli.run(new Documentation(), args));
  }
}
