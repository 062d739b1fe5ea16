package dev.unroll.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command with the one verb that a line names. To read the annotations of all verbs takes picocli
 * longer than most of what a short answer needs.
 */
final class OneVerb {
  private OneVerb() {}

  /**
   * The command with the verb that the first argument names; with all, and those that follow from
   * them, if it names none of its own.
   *
   * @param command has nothing but verbs, if it has any
   */
  static CommandSpec of(Object command, String... args) {
    Command described = command.getClass().getAnnotation(Command.class);
    for (Class<?> verb : described.subcommands()) {
      String name = verb.getAnnotation(Command.class).name();
      if (args.length > 0 && name.equals(args[0])) {
        return CommandSpec.create()
            .name(described.name())
            .addSubcommand(name, CommandSpec.forAnnotatedObject(verb));
      }
    }
    return Cli.spec(command);
  }
}
