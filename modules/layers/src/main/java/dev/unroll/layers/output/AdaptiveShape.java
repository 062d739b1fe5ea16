package dev.unroll.layers.output;

import java.util.List;

/**
 * How an {@link AdaptiveSoftmax} divides its classes, which count by rank here: 0 is the most
 * frequent.
 *
 * @param inputs values of a state
 * @param classes all of them
 * @param cutoffs the first rank of each tail, ascending
 * @param factor by which a tail's width is divided to get that of the next
 * @param minimumWidth of a tail
 */
record AdaptiveShape(int inputs, int classes, List<Integer> cutoffs, int factor, int minimumWidth) {

  AdaptiveShape {
    if (inputs < 1 || classes < 2) {
      throw new IllegalArgumentException(
          "an adaptive softmax needs nIn from 1 and nOut from 2, got %d and %d"
              .formatted(inputs, classes));
    }
    boolean ascending = !cutoffs.isEmpty();
    int last = 0;
    for (int cutoff : cutoffs) {
      ascending &= cutoff > last;
      last = cutoff;
    }
    if (!ascending || last >= classes) {
      throw new IllegalArgumentException(
          "the cutoffs of an adaptive softmax must be one or more ascending numbers from 1 to below"
              + " the %d classes, got %s".formatted(classes, cutoffs));
    }
    if (factor < 1 || minimumWidth < 1) {
      throw new IllegalArgumentException(
          "the factor and the least width of tails must be from 1, got %d and %d"
              .formatted(factor, minimumWidth));
    }
    cutoffs = List.copyOf(cutoffs);
  }

  int tails() {
    return cutoffs.size();
  }

  /** Classes in the head. */
  int frequent() {
    return cutoffs.get(0);
  }

  /** Symbols of the head: its classes, and one for each tail. */
  int head() {
    return frequent() + tails();
  }

  /** The first rank of a tail. */
  int begin(int tail) {
    return cutoffs.get(tail);
  }

  /** Classes of a tail. */
  int size(int tail) {
    return (tail + 1 < tails() ? cutoffs.get(tail + 1) : classes) - cutoffs.get(tail);
  }

  /** To how many values a state is projected for a tail. */
  int width(int tail) {
    return width(inputs, factor, minimumWidth, tail);
  }

  /** The same for any number of tails. */
  static int width(int inputs, int factor, int minimumWidth, int tail) {
    int width = inputs;
    for (int i = 0; i <= tail; i++) {
      width /= factor;
    }
    return Math.min(inputs, Math.max(minimumWidth, width));
  }

  /** The tail of a rank, or -1 for the head. */
  int tailOf(int rank) {
    int tail = tails() - 1;
    while (tail >= 0 && rank < begin(tail)) {
      tail--;
    }
    return tail;
  }
}
