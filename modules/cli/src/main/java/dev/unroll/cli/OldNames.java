package dev.unroll.cli;

import java.util.List;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Reads the names that options had before each word meant one thing, so that scripts go on working:
 * a name that a command has no longer stands for its successor there. No help shows them.
 */
final class OldNames implements IParameterPreprocessor {
  private record Renamed(String before, String now) {}

  private static final List<Renamed> RENAMED =
      List.of(
          new Renamed("--output", "--out"), // a file
          new Renamed("--output", "--output-format"), // how answers are written
          new Renamed("--format", "--output-format"),
          new Renamed("--lower-case", "--lowercase"));

  @Override
  public boolean preprocess(
      Stack<String> args, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
    args.replaceAll(given -> now(given, command));
    return false; // picocli goes on with them
  }

  private static String now(String given, CommandSpec command) {
    String name = given.replaceFirst("=.*", "");
    return RENAMED.stream()
        .filter(renamed -> renamed.before.equals(name))
        .filter(renamed -> command.findOption(renamed.before) == null)
        .filter(renamed -> command.findOption(renamed.now) != null)
        .findFirst()
        .map(renamed -> renamed.now + given.substring(name.length()))
        .orElse(given);
  }
}
