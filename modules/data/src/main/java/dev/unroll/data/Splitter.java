package dev.unroll.data;

import java.util.List;
import java.util.function.Function;

/**
 * A way to divide a corpus into parts that do not tell on each other: a dev part beside the
 * training part, or the folds of a cross-validation.
 *
 * @param <E> the example
 */
public interface Splitter<E> {
  /**
   * Splits off a dev part, and perhaps a test part.
   *
   * @param devFraction the share of the dev part, below 1; with 0 there is none
   * @throws UserError if a part would be empty
   */
  Split<E> split(Corpus<E> whole, double devFraction);

  /**
   * Divides the corpus into {@code count} parts of about the same size. Each is the test part of
   * one split; the others are its training part, off which dev is split.
   *
   * <pre>
   *   fold 1   | test | train                    | dev |
   *   fold 2   | train| test | train             | dev |
   *     ⋮
   *   fold k   | train              | dev | test       |
   * </pre>
   *
   * @param count at least 2
   * @param devFraction the share of the training part that dev has; with 0 there is none
   * @throws UserError if there are fewer examples or groups than folds
   */
  List<Split<E>> folds(Corpus<E> whole, int count, double devFraction);

  /** At random; the same seed gives the same parts. */
  static <E> Splitter<E> random(long seed) {
    return stratified(seed, example -> "");
  }

  /**
   * At random, every part with its share of every label, to within one example.
   *
   * @param label compared by its string
   */
  static <E> Splitter<E> stratified(long seed, Function<? super E, ?> label) {
    return new StratifiedSplitter<>(seed, label);
  }

  /**
   * At random, a group always together: the sentences of a document, the recordings of a person.
   *
   * @param groups the group of every example in the order of the examples; compared by {@code
   *     equals}
   */
  static <E> Splitter<E> byGroup(long seed, Function<List<E>, ? extends List<?>> groups) {
    return new GroupSplitter<>(seed, groups);
  }

  /** The same, but for the folds, which {@code other} makes. */
  default Splitter<E> withFoldsOf(Splitter<E> other) {
    Splitter<E> splits = this;
    return new Splitter<>() {
      @Override
      public Split<E> split(Corpus<E> whole, double devFraction) {
        return splits.split(whole, devFraction);
      }

      @Override
      public List<Split<E>> folds(Corpus<E> whole, int count, double devFraction) {
        return other.folds(whole, count, devFraction);
      }
    };
  }
}
