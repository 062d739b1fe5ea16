package dev.unroll.cli;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.Splitter;
import dev.unroll.data.UserError;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The data to train on, and how it is divided. */
public final class DataOptions {
  /** Each writes a handful of files, which are checked one by one before the work begins. */
  static final int MOST_FOLDS = 1_000;

  @Option(
      names = "--train",
      paramLabel = "PATH",
      description =
          "Training data; may be given again for more of it; without it the small sample that comes"
              + " with the program.")
  private List<String> train = List.of();

  @Option(
      names = "--dev",
      paramLabel = "PATH",
      description = "Data that decides when to stop; without it a share of the training data.")
  private String dev;

  @Option(
      names = "--test",
      paramLabel = "PATH",
      description = "Data to score the finished model on, once.")
  private String test;

  @Option(
      names = "--folds",
      paramLabel = "K",
      description =
          "Cross-validation: divide the training data into K parts and train K models, each scored"
              + " on the part that it was not trained on.")
  private Integer folds;

  @Option(
      names = "--fold",
      paramLabel = "N",
      description =
          "Train the model of this one of the --folds only, from 1, and write it where --model says.")
  private Integer fold;

  @Mixin private FormatOptions format;

  /**
   * What was read.
   *
   * @param train the training data, before anything is split off
   * @param dev if it was given
   * @param test if it was given
   */
  public record Parts<E>(Corpus<E> train, Optional<Corpus<E>> dev, Optional<Corpus<E>> test) {}

  /**
   * Refuses places for a model, or for those of the folds, that cannot be written; to be asked
   * before any work.
   */
  public void checkTargets(ModelOptions model) {
    checkFolds();
    if (folds == null || fold != null) {
      model.checkTargetAndReport();
    } else {
      model.checkTargetsAndReports(folds);
    }
  }

  private void checkFolds() {
    if (folds != null && (folds < 2 || folds > MOST_FOLDS)) {
      throw UserError.usage("--folds must be from 2 to " + MOST_FOLDS + ", got " + folds);
    } else if (fold != null && folds == null) {
      throw UserError.usage("--fold is one of how many? Give --folds too");
    } else if (fold != null && (fold < 1 || fold > folds)) {
      throw UserError.usage("--fold must be from 1 to --folds " + folds + ", got " + fold);
    }
  }

  /**
   * Reads what was given.
   *
   * @param sample the training data where none was given
   */
  public <E> Parts<E> read(DataFile sample, Function<DataFile, Corpus<E>> reader) {
    return read(sample, reader, (file, training) -> reader.apply(file));
  }

  /**
   * The same, where dev and test are read by what the training data holds, such as its labels.
   *
   * @param beside reads dev and test
   */
  public <E> Parts<E> read(
      DataFile sample,
      Function<DataFile, Corpus<E>> reader,
      BiFunction<DataFile, Corpus<E>, Corpus<E>> beside) {
    refuseFoldsBeside(test, "test");
    if (train.isEmpty() && dev == null && test == null) {
      format.refuse();
    }
    Corpus<E> training =
        train.isEmpty()
            ? reader.apply(sample)
            : Corpus.concat(train.stream().map(format::at).map(reader).toList());
    Function<String, Corpus<E>> other = path -> beside.apply(format.at(path), training);
    return new Parts<>(
        training, Optional.ofNullable(dev).map(other), Optional.ofNullable(test).map(other));
  }

  /**
   * The splits to train on: one, or one for each fold.
   *
   * @param devFraction the share of dev where no file was given for it
   */
  public <E> List<Split<E>> splits(Parts<E> parts, Splitter<E> splitter, double devFraction) {
    double share = dev == null ? devFraction : 0;
    List<Split<E>> splits =
        folds == null
            ? List.of(splitter.split(parts.train(), share))
            : splitter.folds(parts.train(), folds, share);
    return (fold == null ? splits : splits.subList(fold - 1, fold))
        .stream()
            .map(s -> new Split<>(s.train(), parts.dev().or(s::dev), parts.test().or(s::test)))
            .toList();
  }

  /** Whether a file of test data was given. */
  public boolean hasTest() {
    return test != null;
  }

  private void refuseFoldsBeside(String option, String name) {
    if (folds != null && option != null) {
      throw UserError.usage(
          "--folds takes its test parts from the training data; leave out --" + name);
    }
  }
}
