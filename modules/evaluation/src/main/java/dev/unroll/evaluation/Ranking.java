package dev.unroll.evaluation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Whether a model orders pairs as people do: Spearman's rank correlation. */
public final class Ranking {
  private double[] gold = new double[256];
  private double[] predicted = new double[256];
  private int pairs;
  private int missing;

  /** No pair has been scored yet. */
  public Ranking() {}

  /** Counts a pair with people's score and the model's. */
  public void add(double goldScore, double predictedScore) {
    if (Double.isNaN(goldScore) || Double.isNaN(predictedScore)) {
      throw new IllegalArgumentException("scores " + goldScore + " and " + predictedScore);
    }
    if (pairs == gold.length) {
      gold = Arrays.copyOf(gold, 2 * pairs);
      predicted = Arrays.copyOf(predicted, 2 * pairs);
    }
    gold[pairs] = goldScore;
    predicted[pairs++] = predictedScore;
  }

  /** Counts a pair that the model has no score for; it is left out of the correlation. */
  public void addMissing() {
    missing++;
  }

  /** Number of pairs, with those that are missing. */
  public int pairs() {
    return pairs + missing;
  }

  /** The number of pairs that could not be ranked. */
  public int missing() {
    return missing;
  }

  /**
   * Pearson's correlation of the ranks, -1 to 1; equal scores share the mean of their ranks. NaN if
   * there are fewer than two pairs, or if one side has only one score.
   */
  public double spearman() {
    return pearson(ranks(gold, pairs), ranks(predicted, pairs));
  }

  /** Ranks from 1. */
  private static double[] ranks(double[] scores, int n) {
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted((a, b) -> Double.compare(scores[a], scores[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[n];
    int first = 0;
    while (first < n) {
      int end = first + 1;
      while (end < n && scores[order[end]] == scores[order[first]]) {
        end++;
      }
      // The mean of the ranks first + 1 … end.
      double shared = (first + 1 + end) / 2.0;
      for (int i = first; i < end; i++) {
        ranks[order[i]] = shared;
      }
      first = end;
    }
    return ranks;
  }

  private static double pearson(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElse(Double.NaN);
    double meanY = Arrays.stream(y).average().orElse(Double.NaN);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    return xy / (Math.sqrt(xx) * Math.sqrt(yy));
  }

  /** The scores by name: {@code pairs}, {@code missing}, {@code spearman}. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("pairs", pairs());
    map.put("missing", missing);
    map.put("spearman", spearman());
    return map;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d pairs (%d missing): Spearman %s\n",
        pairs(),
        missing,
        TextTable.number(spearman(), 4));
  }
}
