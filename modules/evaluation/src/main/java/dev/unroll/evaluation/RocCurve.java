package dev.unroll.evaluation;

import java.util.Arrays;

/**
 * How well a score parts two classes, whatever threshold it is cut at: the areas under the curve of
 * the receiver's operating characteristic and under that of precision over recall.
 */
final class RocCurve {
  private double[] scores = new double[16];
  private boolean[] positive = new boolean[16];
  private int size;

  /** The places of the examples, the lowest score first; null until an area is asked for. */
  private int[] ascending;

  /** Counts an example by its score and whether it is of the positive class. */
  void add(double score, boolean isPositive) {
    if (size == scores.length) {
      scores = Arrays.copyOf(scores, 2 * size);
      positive = Arrays.copyOf(positive, 2 * size);
    }
    scores[size] = score;
    positive[size++] = isPositive;
    ascending = null;
  }

  void addAll(RocCurve other) {
    for (int i = 0; i < other.size; i++) {
      add(other.scores[i], other.positive[i]);
    }
  }

  /**
   * The probability that a positive example has a higher score than a negative one, a tie counted
   * as half (Mann and Whitney 1947); NaN without examples of both.
   */
  double area() {
    int[] order = ascending();
    double won = 0;
    long negatives = 0;
    long positives = 0;
    for (int from = 0; from < size; ) {
      long tiedNegatives = 0;
      long tiedPositives = 0;
      int to = from;
      while (to < size && scores[order[to]] == scores[order[from]]) {
        tiedPositives += positive[order[to]] ? 1 : 0;
        tiedNegatives += positive[order[to++]] ? 0 : 1;
      }
      won += tiedPositives * (negatives + tiedNegatives / 2.0);
      negatives += tiedNegatives;
      positives += tiedPositives;
      from = to;
    }
    return won / ((double) positives * negatives);
  }

  /**
   * The area under the curve of precision over recall, as the mean of the precisions at each
   * threshold, weighted by the recall gained there (scikit-learn's {@code average_precision_score},
   * without interpolation); NaN without positive examples.
   */
  double averagePrecision() {
    int[] order = ascending();
    double sum = 0;
    long taken = 0;
    long found = 0;
    for (int from = size - 1; from >= 0; ) {
      long tied = 0;
      int to = from;
      while (to >= 0 && scores[order[to]] == scores[order[from]]) {
        tied += positive[order[to--]] ? 1 : 0;
      }
      taken += from - to;
      found += tied;
      sum += (double) tied * found / taken;
      from = to;
    }
    return sum / found;
  }

  private int[] ascending() {
    if (ascending == null) {
      Integer[] order = new Integer[size];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
      ascending = Arrays.stream(order).mapToInt(i -> i).toArray();
    }
    return ascending;
  }
}
