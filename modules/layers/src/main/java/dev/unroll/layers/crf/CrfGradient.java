package dev.unroll.layers.crf;

import java.util.Arrays;

/**
 * Sums the derivatives of a negative log-likelihood with respect to the scores of {@link
 * CrfTransitions}, over steps and sequences.
 */
final class CrfGradient {
  /** Below this no product of the factors of {@link #addExpected} can overflow. */
  private static final double SAFE = 300;

  private final int labels;

  /** Element {@code from * labels + to}. */
  final double[] transitions;

  final double[] starts;
  final double[] ends;

  CrfGradient(int labels) {
    this.labels = labels;
    this.transitions = new double[labels * labels];
    this.starts = new double[labels];
    this.ends = new double[labels];
  }

  void addExpectedEnds(double[] first, double[] last) {
    for (int j = 0; j < labels; j++) {
      starts[j] += first[j];
      ends[j] += last[j];
    }
  }

  /**
   * Adds the probability of each pair of labels at two neighbouring steps, {@code exp(before[i] +
   * score(i, j) + after[j] - logPartition)}.
   */
  void addExpected(CrfTransitions scores, double[] before, double[] after, double logPartition) {
    double largest = Arrays.stream(before).max().orElseThrow();
    double rest = Arrays.stream(after).max().orElseThrow() + largest - logPartition;
    if (rest > SAFE || scores.largest() > SAFE) {
      addTermByTerm(scores, before, after, logPartition);
      return;
    }
    double[] right = new double[labels];
    for (int j = 0; j < labels; j++) {
      right[j] = Math.exp(after[j] + largest - logPartition);
    }
    for (int i = 0; i < labels; i++) {
      double left = Math.exp(before[i] - largest);
      for (int j = 0; j < labels; j++) {
        transitions[i * labels + j] += left * right[j] * scores.weight(i, j);
      }
    }
  }

  private void addTermByTerm(
      CrfTransitions scores, double[] before, double[] after, double logPartition) {
    for (int i = 0; i < labels; i++) {
      for (int j = 0; j < labels; j++) {
        double log = before[i] + scores.score(i, j) + after[j] - logPartition;
        transitions[i * labels + j] += Math.exp(log);
      }
    }
  }

  void subtract(int[] path) {
    starts[path[0]] -= 1;
    ends[path[path.length - 1]] -= 1;
    for (int t = 1; t < path.length; t++) {
      transitions[path[t - 1] * labels + path[t]] -= 1;
    }
  }

  void add(CrfGradient other) {
    add(other.transitions, transitions);
    add(other.starts, starts);
    add(other.ends, ends);
  }

  private static void add(double[] terms, double[] to) {
    for (int k = 0; k < to.length; k++) {
      to[k] += terms[k];
    }
  }
}
