package dev.unroll.server;

import dev.unroll.serving.TaskService;
import java.nio.file.Path;
import java.util.List;

/** Small models of the tasks, which their tests hold, and a server of them. */
final class TaskModels {
  /** From the folder of this module. */
  private static final Path ROOT = Path.of("..", "..");

  private static final List<TaskService> TASKS = TaskOptions.tasks();

  private TaskModels() {}

  static Path file(String task, String name) {
    return ROOT.resolve(Path.of(task, "src", "test", "resources", "models", name));
  }

  static TaskService task(String name) {
    return TASKS.stream().filter(task -> task.task().equals(name)).findFirst().orElseThrow();
  }

  /** Serves them all. */
  static ModelServer server() {
    return new ModelServer(
        ServerConfig.local(),
        new Models(
            List.of(
                slot("sentiment", "lstm.zip"),
                slot("ner", "crf-lstm.zip"),
                slot("charlm", "characters.zip"),
                slot("embeddings", "packed.bin.gz"),
                slot("speech", "both.zip"),
                slot("activity", "figure.zip"))));
  }

  private static Slot slot(String task, String name) {
    return new Slot(task(task), task, file(task, name));
  }
}
