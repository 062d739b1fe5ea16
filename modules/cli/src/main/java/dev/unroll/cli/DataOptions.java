package dev.unroll.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The data to train on. */
public final class DataOptions {
  @Option(
      names = "--train",
      paramLabel = "PATH",
      description = "Training data; without it the small sample that comes with the program.")
  private Path train;

  @Option(
      names = "--dev",
      paramLabel = "PATH",
      description = "Data that decides when to stop; without it a share of the training data.")
  private Path dev;

  @Option(
      names = "--test",
      paramLabel = "PATH",
      description = "Data to score the finished model on, once.")
  private Path test;

  @Mixin private FormatOptions format;

  /** Training data, or empty for the sample. */
  public Optional<Path> train() {
    return Optional.ofNullable(train);
  }

  /** Dev data, or empty to split it off. */
  public Optional<Path> dev() {
    return Optional.ofNullable(dev);
  }

  /** Test data, or empty for no test. */
  public Optional<Path> test() {
    return Optional.ofNullable(test);
  }

  /** How the files are written. */
  public FormatOptions format() {
    return format;
  }
}
