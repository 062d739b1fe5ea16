package dev.unroll.layers.crf;

import java.util.Arrays;

/**
 * What a linear-chain conditional random field adds to the scores of single steps: a score for each
 * label after each other, for each label at the start, and for each at the end. What is forbidden
 * scores minus infinity. Immutable.
 */
public final class CrfTransitions {
  /** Sums beyond these may have lost terms below the smallest double, or overflowed. */
  private static final double SMALLEST = 1e-250;

  private static final double LARGEST = 1e250;

  private final int labels;

  /** Element {@code from * labels + to}. */
  private final double[] scores;

  /** The exponentials of {@link #scores}, and the same by target: {@code to * labels + from}. */
  private final double[] weights;

  private final double[] weightsByTarget;
  private final double[] starts;
  private final double[] ends;
  private final double largest;

  /**
   * Scores under constraints.
   *
   * @param scores element {@code from * labels + to}
   * @param starts a score a label
   * @param ends a score a label
   */
  public CrfTransitions(
      double[] scores, double[] starts, double[] ends, CrfConstraints constraints) {
    this.labels = constraints.labels();
    if (scores.length != labels * labels || starts.length != labels || ends.length != labels) {
      throw new IllegalArgumentException(
          "%d labels need %d, %d and %d scores, got %d, %d and %d"
              .formatted(
                  labels,
                  labels * labels,
                  labels,
                  labels,
                  scores.length,
                  starts.length,
                  ends.length));
    }
    this.scores = new double[scores.length];
    this.weights = new double[scores.length];
    this.weightsByTarget = new double[scores.length];
    this.starts = new double[labels];
    this.ends = new double[labels];
    for (int i = 0; i < labels; i++) {
      this.starts[i] = constraints.allowsStart(i) ? starts[i] : Double.NEGATIVE_INFINITY;
      this.ends[i] = constraints.allowsEnd(i) ? ends[i] : Double.NEGATIVE_INFINITY;
      for (int j = 0; j < labels; j++) {
        int k = i * labels + j;
        this.scores[k] = constraints.allows(i, j) ? scores[k] : Double.NEGATIVE_INFINITY;
        weights[k] = Math.exp(this.scores[k]);
        weightsByTarget[j * labels + i] = weights[k];
      }
    }
    this.largest = Arrays.stream(this.scores).max().orElseThrow();
  }

  /** No preference among what the constraints allow: the steps are independent but for those. */
  public static CrfTransitions neutral(CrfConstraints constraints) {
    int labels = constraints.labels();
    double[] zeros = new double[labels];
    return new CrfTransitions(new double[labels * labels], zeros, zeros, constraints);
  }

  /** The number of labels. */
  public int labels() {
    return labels;
  }

  /** The score of {@code to} after {@code from}. */
  public double score(int from, int to) {
    return scores[from * labels + to];
  }

  /** The score of {@code label} at the start. */
  public double start(int label) {
    return starts[label];
  }

  /** The score of {@code label} at the end. */
  public double end(int label) {
    return ends[label];
  }

  /** The largest score of a label after another. */
  double largest() {
    return largest;
  }

  /** The exponential of {@link #score}. */
  double weight(int from, int to) {
    return weights[from * labels + to];
  }

  /**
   * The logarithms of sums over what comes before: element {@code to} becomes {@code log Σ_from
   * exp(before[from] + score(from, to))}.
   */
  void sumBefore(double[] before, double[] sums) {
    sum(before, sums, weightsByTarget, false);
  }

  /**
   * The logarithms of sums over what comes after: element {@code from} becomes {@code log Σ_to
   * exp(score(from, to) + after[to])}.
   */
  void sumAfter(double[] after, double[] sums) {
    sum(after, sums, weights, true);
  }

  /**
   * Takes the largest term out of the exponentials, and with it their number down from {@code
   * labels²} to {@code labels}. Where the largest one cannot be reached the rest may vanish below
   * the smallest double; such sums are taken again, term by term.
   */
  private void sum(double[] terms, double[] sums, double[] matrix, boolean after) {
    double largest = Arrays.stream(terms).max().orElseThrow();
    double[] exponentials = new double[labels];
    for (int i = 0; i < labels; i++) {
      exponentials[i] = largest == Double.NEGATIVE_INFINITY ? 0 : Math.exp(terms[i] - largest);
    }
    for (int j = 0; j < labels; j++) {
      double sum = 0;
      for (int i = 0; i < labels; i++) {
        sum += exponentials[i] * matrix[j * labels + i];
      }
      boolean exact = sum > SMALLEST && sum < LARGEST;
      sums[j] = exact ? largest + Math.log(sum) : sumTermByTerm(terms, j, after);
    }
  }

  private double sumTermByTerm(double[] terms, int j, boolean after) {
    double[] all = new double[labels];
    for (int i = 0; i < labels; i++) {
      all[i] = terms[i] + (after ? score(j, i) : score(i, j));
    }
    return logSum(all);
  }

  /** {@code log Σ exp(terms)}, minus infinity if all terms are. */
  static double logSum(double[] terms) {
    double largest = Arrays.stream(terms).max().orElseThrow();
    if (largest == Double.NEGATIVE_INFINITY) {
      return largest;
    }
    double sum = 0;
    for (double term : terms) {
      sum += Math.exp(term - largest);
    }
    return largest + Math.log(sum);
  }
}
