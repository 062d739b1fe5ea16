package dev.unroll.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The model file: {@code train} writes it, the other verbs read it. */
public final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "FILE",
      required = true,
      description = "The model file: train writes it, the other verbs read it.")
  private Path model;

  /** The model file. */
  public Path model() {
    return model;
  }
}
