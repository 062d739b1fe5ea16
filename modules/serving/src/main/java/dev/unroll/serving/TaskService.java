package dev.unroll.serving;

import dev.unroll.data.ModelFile;
import java.nio.file.Path;

/**
 * What a server asks a task. It is found by {@link java.util.ServiceLoader}: a task names its
 * implementation, which is public and has a public constructor without parameters, in {@code
 * META-INF/services}.
 */
public interface TaskService {
  /** The name of the task, as the command line has it, such as {@code sentiment}. */
  String task();

  /** What a model file of the task is, such as {@code "A model of sentiment train."}. */
  String summary();

  /**
   * The name of the main class of the task, whose verb {@code train} makes a small model of the
   * sample if no file is named.
   */
  String mainClass();

  /** What the name of a model file ends with. */
  default String extension() {
    return ".zip";
  }

  /** Whether a file, which lies in a folder with others, is a model of the task. */
  default boolean recognises(Path file) {
    return ModelFile.task(file).filter(task()::equals).isPresent();
  }

  /**
   * Reads a model.
   *
   * @throws dev.unroll.data.UserError if the file is missing, damaged or no such model
   */
  ServedModel load(Path file);

  /** How the page shows the task. */
  Tab tab();
}
