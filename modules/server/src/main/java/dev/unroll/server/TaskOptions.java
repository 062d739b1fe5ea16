package dev.unroll.server;

import dev.unroll.serving.TaskService;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gives the command an option for every task that there is. */
final class TaskOptions implements IModelTransformer {
  /** The tasks, in the order of their tabs. */
  static List<TaskService> tasks() {
    return ServiceLoader.load(TaskService.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparingInt(task -> task.tab().place()))
        .toList();
  }

  @Override
  public CommandSpec transform(CommandSpec command) {
    Serve serve = (Serve) command.userObject();
    for (TaskService task : tasks()) {
      // Where all commands are listed, picocli calls this once more.
      if (command.findOption("--" + task.task()) != null) {
        continue;
      }
      command.addOption(
          OptionSpec.builder("--" + task.task())
              .paramLabel("[NAME=]FILE")
              .type(List.class)
              .auxiliaryTypes(String.class)
              .description(task.summary())
              .setter(
                  new picocli.CommandLine.Model.ISetter() {
                    @Override
                    @SuppressWarnings("unchecked") // what picocli made of type and auxiliaryTypes
                    public <T> T set(T value) {
                      if (value != null) {
                        serve.given(task.task(), (List<String>) value);
                      }
                      return value;
                    }
                  })
              .build());
    }
    return command;
  }
}
