package dev.unroll.server;

import dev.unroll.serving.TaskService;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options that name models: one for every task that there is. */
final class TaskOptions {
  private TaskOptions() {}

  /** The tasks, in the order of their tabs. */
  static List<TaskService> tasks() {
    return ServiceLoader.load(TaskService.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparingInt(task -> task.tab().place()))
        .toList();
  }

  /** Gives a command an option for each task. */
  static void add(CommandSpec command, List<TaskService> tasks) {
    for (TaskService task : tasks) {
      command.addOption(
          OptionSpec.builder(name(task))
              .paramLabel("[NAME=]FILE")
              .type(List.class)
              .auxiliaryTypes(String.class)
              .description(task.summary())
              .build());
    }
  }

  /** What the option of a task was given, in its order. */
  static List<String> given(ParseResult line, TaskService task) {
    return line.matchedOptionValue(name(task), List.of());
  }

  private static String name(TaskService task) {
    return "--" + task.task();
  }
}
