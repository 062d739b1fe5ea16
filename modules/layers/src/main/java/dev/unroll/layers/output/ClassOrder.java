package dev.unroll.layers.output;

import java.util.Arrays;

/**
 * The rank of each class by its frequency, where classes are numbered by falling frequency but for
 * a few, which come first.
 *
 * <pre>
 *   classes 0 1 2 3 4, first 4     ranks 1 2 3 4 0
 * </pre>
 */
final class ClassOrder {
  private final int classes;
  private final int[] first;
  private final int[] sorted;

  /**
   * An order.
   *
   * @param first classes in the order of their ranks
   * @throws IllegalArgumentException if one is no class, or named twice
   */
  ClassOrder(int classes, int... first) {
    this.classes = classes;
    this.first = first.clone();
    this.sorted = first.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < sorted.length; i++) {
      if (sorted[i] < 0 || sorted[i] >= classes || (i > 0 && sorted[i] == sorted[i - 1])) {
        throw new IllegalArgumentException(
            "the most frequent classes must be different numbers from 0 to %d, got %s"
                .formatted(classes - 1, Arrays.toString(first)));
      }
    }
  }

  int rank(int label) {
    int smaller = Arrays.binarySearch(sorted, label);
    if (smaller < 0) {
      return label + sorted.length - (-smaller - 1);
    }
    int rank = 0;
    while (first[rank] != label) {
      rank++;
    }
    return rank;
  }

  /** Moves values by rank to where those of the classes are. */
  void toClasses(float[] byRank, float[] byClass) {
    for (int rank = 0; rank < first.length; rank++) {
      byClass[first[rank]] = byRank[rank];
    }
    int from = 0; // the stretches between are as they were
    for (int i = 0; i <= sorted.length; i++) {
      int to = i < sorted.length ? sorted[i] : classes;
      System.arraycopy(byRank, from + sorted.length - i, byClass, from, to - from);
      from = to + 1;
    }
  }
}
