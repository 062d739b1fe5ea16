package dev.unroll.server;

import dev.unroll.cli.Cli;
import dev.unroll.data.UserError;
import dev.unroll.serving.TaskService;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Loads what is to be served. */
final class Served {
  private final List<TaskService> tasks;
  private final PrintStream err;
  private final List<Slot> slots = new ArrayList<>();

  /**
   * @param err is told what takes long
   */
  Served(List<TaskService> tasks, PrintStream err) {
    this.tasks = tasks;
    this.err = err;
  }

  /**
   * A model that was named.
   *
   * @param given {@code FILE}, which gives it its name, or {@code NAME=FILE}
   * @throws UserError if it cannot be loaded
   */
  void add(TaskService service, String given) {
    int equals = given.indexOf('=');
    boolean named = equals > 0 && !Files.exists(Path.of(given));
    Path file = Path.of(named ? given.substring(equals + 1) : given);
    String name = named ? given.substring(0, equals) : stem(file);
    if (!name.matches("[\\p{L}\\p{N}._-]+")) {
      throw UserError.usage(
          "a model is called by letters, digits, '.', '_' and '-'; name it, as in --%s NAME=%s"
              .formatted(service.task(), file));
    }
    slots.add(new Slot(service, name, file));
  }

  private static String stem(Path file) {
    return file.getFileName().toString().replaceFirst("(?i)(\\.(zip|bin|vec|txt))?(\\.gz)?$", "");
  }

  /**
   * All models of a folder; files that no task {@linkplain TaskService#recognises recognises} are
   * left alone.
   *
   * @throws UserError if there are none, or one cannot be loaded
   */
  void addFolder(Path folder) {
    int before = slots.size();
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw UserError.data(folder, "is no folder that can be read; name one with models", e);
    }
    for (Path file : files) {
      tasks.stream()
          .filter(task -> task.recognises(file))
          .findFirst()
          .ifPresent(task -> add(task, file.toString()));
    }
    if (slots.size() == before) {
      throw UserError.data(folder, "no models in it; train some, or name another folder");
    }
  }

  /**
   * Trains the models of the demos on the samples, and has each served as soon as it is there.
   *
   * @param folder receives their files
   * @param stop asked whether to give up
   */
  void serveDemos(Path folder, Models models, BooleanSupplier stop) {
    List<String> left = new ArrayList<>(tasks.stream().map(TaskService::task).toList());
    for (TaskService task : tasks) {
      models.await(left);
      err.println(task.task() + ": training a small model on the sample that comes with it");
      Path file = folder.resolve("demo-" + task.task() + task.extension());
      int code =
          Cli.run(
              command(task),
              OutputStream.nullOutputStream(),
              err,
              "train",
              "--config",
              "tiny",
              "--model",
              file.toString());
      if (stop.getAsBoolean()) {
        return;
      } else if (code != 0) {
        throw UserError.failed(
            "the demo's model of %s could not be trained; name models of yours"
                .formatted(task.task()),
            null);
      }
      models.add(new Slot(task, stem(file), file));
      left.remove(task.task());
      models.await(left);
    }
  }

  private static Object command(TaskService task) {
    try {
      return Class.forName(task.mainClass()).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the main class " + task.mainClass(), e);
    }
  }

  Models models() {
    return new Models(slots);
  }
}
