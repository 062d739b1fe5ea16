package dev.unroll.doctor;

import dev.unroll.data.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What executors of Spark are to be like. */
final class SparkOptions {
  @Option(
      names = "--spark",
      required = true,
      description =
          "Print the settings with which models run on executors of Apache Spark, as a command line.")
  private boolean spark;

  @Option(
      names = "--executor-cores",
      paramLabel = "N",
      defaultValue = "2",
      description = "With --spark, the cores of an executor (${DEFAULT-VALUE}).")
  private int cores;

  @Option(
      names = "--executor-memory",
      paramLabel = "MB",
      defaultValue = "2048",
      description = "With --spark, the heap of an executor (${DEFAULT-VALUE}).")
  private int heap;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "With --spark, the model that is to run there, for its size.")
  private Path model;

  SparkSubmit line() {
    if (cores < 1 || heap < 1) {
      throw UserError.usage(
          "--executor-cores and --executor-memory must be at least 1, got %d and %d"
              .formatted(cores, heap));
    }
    if (model != null && !Files.isRegularFile(model)) {
      throw UserError.data(model, "no such file");
    }
    return new SparkSubmit(cores, heap, model == null ? 0 : model.toFile().length());
  }
}
