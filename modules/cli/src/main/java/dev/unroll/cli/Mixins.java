package dev.unroll.cli;

import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** Finds the groups of options that a command mixes in. */
final class Mixins {
  private Mixins() {}

  /** The first group of that class, also where a group mixes in others. */
  static <T> Optional<T> find(CommandSpec command, Class<T> type) {
    return all(command).filter(type::isInstance).map(type::cast).findFirst();
  }

  /** The group that gathers the settings of the task. */
  static Optional<ConfigOptions<?>> settings(CommandSpec command) {
    return all(command)
        .filter(ConfigOptions.class::isInstance)
        .<ConfigOptions<?>>map(options -> (ConfigOptions<?>) options)
        .findFirst();
  }

  private static Stream<Object> all(CommandSpec command) {
    return command.mixins().values().stream()
        .flatMap(mixin -> Stream.concat(Stream.of(mixin.userObject()), all(mixin)));
  }
}
