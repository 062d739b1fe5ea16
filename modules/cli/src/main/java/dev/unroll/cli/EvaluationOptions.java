package dev.unroll.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a model is evaluated on. */
public final class EvaluationOptions {
  @Option(
      names = "--data",
      paramLabel = "PATH",
      required = true,
      description = "Data with what is right, a file or a folder; - is standard input.")
  private String data;

  @Mixin private FormatOptions format;

  /** The data, as {@code --format} and {@code --charset} say. */
  public DataFile data() {
    return format.at(data);
  }

  /** Other data beside it, written in the same way. */
  public DataFile at(String location) {
    return format.at(location);
  }
}
