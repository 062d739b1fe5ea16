package dev.unroll.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Looks behind a complaint for what somebody may have meant. Who writes {@code --modle m.zip} is
 * told by picocli that {@code --model} is missing, because it looks for that first.
 */
final class Guesses {
  private Guesses() {}

  /** The failure, or one that says more. */
  static ParameterException of(ParameterException failure, String[] args) {
    for (String argument : args) {
      // picocli takes it for a word then, and complains of what the file would have said.
      if (argument.matches("@[^@].*") && Files.notExists(Path.of(argument.substring(1)))) {
        return new ParameterException(
            failure.getCommandLine(), argument + ": there is no such file of options");
      }
    }
    if (!(failure instanceof MissingParameterException)) {
      return failure;
    }
    CommandSpec command = failure.getCommandLine().getCommandSpec();
    return Arrays.stream(args)
        .filter(argument -> argument.matches("--[a-zA-Z].*"))
        .map(argument -> argument.replaceFirst("=.*", ""))
        .filter(option -> command.findOption(option) == null)
        .flatMap(option -> near(option, command).stream().map(n -> message(option, n)))
        .findFirst()
        .map(message -> new ParameterException(failure.getCommandLine(), message))
        .orElse(failure);
  }

  private static String message(String option, String nearest) {
    return "Unknown option: '%s'; did you mean %s?".formatted(option, nearest);
  }

  /** An option that differs in a few letters only. */
  private static Optional<String> near(String option, CommandSpec command) {
    List<String> options =
        command.options().stream()
            .flatMap(each -> Arrays.stream(each.names()))
            .filter(name -> name.startsWith("--"))
            .sorted()
            .toList();
    String nearest = Nearest.to(option, options);
    return Nearest.distance(option, nearest) <= Math.max(2, option.length() / 3)
        ? Optional.of(nearest)
        : Optional.empty();
  }
}
