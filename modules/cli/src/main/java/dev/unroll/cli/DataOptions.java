package dev.unroll.cli;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
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

  /**
   * Reads the parts that were given, and splits off those that were not.
   *
   * @param read reads a file; for dev and test, beside the training data
   * @param sample the training data where no file was given
   * @param devFraction share of the training data for a dev part, if no file was given for one
   * @param divide splits that share, and perhaps a test part, off the training data
   */
  public <E> Split<E> split(
      BiFunction<Path, Optional<Corpus<E>>, Corpus<E>> read,
      Supplier<Corpus<E>> sample,
      double devFraction,
      BiFunction<Corpus<E>, Double, Split<E>> divide) {
    Corpus<E> training = train == null ? sample.get() : read.apply(train, Optional.empty());
    Function<Path, Corpus<E>> beside = path -> read.apply(path, Optional.of(training));
    Optional<Corpus<E>> devPart = Optional.ofNullable(dev).map(beside);
    Optional<Corpus<E>> testPart = Optional.ofNullable(test).map(beside);
    Split<E> parts = divide.apply(training, dev == null ? devFraction : 0);
    return new Split<>(parts.train(), devPart.or(parts::dev), testPart.or(parts::test));
  }

  /** Whether a file of test data was given. */
  public boolean hasTest() {
    return test != null;
  }

  /** How the files are written. */
  public FormatOptions format() {
    return format;
  }
}
