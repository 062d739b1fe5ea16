package dev.unroll.spark;

import dev.unroll.data.UserError;
import dev.unroll.serving.ServedModel;
import dev.unroll.serving.TaskService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The models of this JVM. Each is loaded once, however many tasks ask, and the few that were asked
 * for last stay: an executor lives as long as its application, which may use many.
 */
final class ExecutorModels {
  /** How many stay. */
  static final int MOST = 4;

  private static final Map<String, ServedModel> LOADED =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ServedModel> eldest) {
          return size() > MOST;
        }
      };

  private static long loads;

  private ExecutorModels() {}

  /**
   * The model of that digest.
   *
   * @param name of its file
   * @param bytes asked for only if it is not loaded yet
   * @throws UserError if it is damaged, or of no task that is on the class path
   */
  static synchronized ServedModel get(String sha256, String name, Supplier<byte[]> bytes) {
    ServedModel model = LOADED.get(sha256);
    if (model == null) {
      ExecutorThreads.limit(1);
      model = load(name, bytes.get());
      LOADED.put(sha256, model);
      loads++;
    }
    return model;
  }

  /** How often a model was loaded in this JVM. */
  static synchronized long loads() {
    return loads;
  }

  /** Tasks read files, for they read them more than once. */
  private static ServedModel load(String name, byte[] bytes) {
    try {
      Path folder = Files.createTempDirectory("unroll-spark-");
      Path file = folder.resolve(name);
      try {
        Files.write(file, bytes);
        return load(name, file);
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a model on its way to be loaded", e);
    }
  }

  private static ServedModel load(String name, Path file) {
    var services = ServiceLoader.load(TaskService.class, ExecutorModels.class.getClassLoader());
    TaskService service =
        services.stream()
            .map(Provider::get)
            .filter(task -> task.recognises(file))
            .findFirst()
            .orElseThrow(() -> unknown(name, services));
    try {
      return service.load(file);
    } catch (UserError e) { // of a file that nobody has seen
      throw UserError.data(name, e.getMessage().replace(file + ": ", ""), e);
    }
  }

  private static UserError unknown(String name, ServiceLoader<TaskService> services) {
    String tasks =
        services.stream().map(s -> s.get().task()).sorted().collect(Collectors.joining(", "));
    return UserError.data(
        name,
        "is damaged, or a model of no task whose jar is on the class path (tasks: %s)"
            .formatted(tasks.isEmpty() ? "none" : tasks));
  }
}
