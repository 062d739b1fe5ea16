package dev.unroll.layers.crf;

import java.util.Arrays;

/**
 * All label sequences of one sequence of steps, and the probability of each under a linear-chain
 * conditional random field: that of {@code y} is {@code exp(score(y) - logPartition())} with
 *
 * <pre>
 *   score(y) = start(y_1) + Σ_t emission(t, y_t) + Σ_t transition(y_t-1, y_t) + end(y_n)
 * </pre>
 *
 * <p>(J. Lafferty, A. McCallum, F. Pereira, <i>Conditional Random Fields</i>, ICML 2001; forward,
 * backward and Viterbi as in L. Rabiner, <i>A Tutorial on Hidden Markov Models</i>, 1989, in log
 * space.) Computes in double precision; not safe for several threads.
 */
public final class CrfLattice {
  private final CrfTransitions transitions;
  private final double[][] emissions;

  /** The log of the summed weights of all beginnings that end in a label; step by step. */
  private double[][] forward;

  /** The log of the summed weights of all continuations of a label; step by step. */
  private double[][] backward;

  private double logPartition;

  /**
   * A lattice over the steps of {@code emissions}.
   *
   * @param emissions {@code [steps][labels]}; not copied; there may be no steps
   */
  public CrfLattice(CrfTransitions transitions, double[][] emissions) {
    this.transitions = transitions;
    this.emissions = emissions;
    for (double[] step : emissions) {
      if (step.length != transitions.labels()) {
        throw new IllegalArgumentException(
            "a step must have " + transitions.labels() + " scores, got " + step.length);
      }
    }
  }

  /** The number of steps. */
  public int steps() {
    return emissions.length;
  }

  /** The scores of the labels at step {@code t} by themselves; not copied. */
  public double[] emissions(int t) {
    return emissions[t];
  }

  /** The scores of labels after each other, which all steps share. */
  public CrfTransitions transitions() {
    return transitions;
  }

  /** The log of the summed weights of all label sequences; 0 without steps. */
  public double logPartition() {
    if (forward == null) {
      runForward();
    }
    return logPartition;
  }

  private void runForward() {
    int labels = transitions.labels();
    forward = new double[steps()][labels];
    if (steps() == 0) {
      return;
    }
    for (int j = 0; j < labels; j++) {
      forward[0][j] = transitions.start(j) + emissions[0][j];
    }
    for (int t = 1; t < steps(); t++) {
      transitions.sumBefore(forward[t - 1], forward[t]);
      add(emissions[t], forward[t]);
    }
    double[] last = forward[steps() - 1].clone();
    for (int j = 0; j < labels; j++) {
      last[j] += transitions.end(j);
    }
    logPartition = CrfTransitions.logSum(last);
    if (logPartition == Double.NEGATIVE_INFINITY) {
      throw new IllegalStateException("the constraints allow no sequence of " + steps() + " steps");
    }
  }

  private void runBackward() {
    int labels = transitions.labels();
    backward = new double[steps()][labels];
    for (int t = steps() - 1; t >= 0; t--) {
      if (t == steps() - 1) {
        for (int j = 0; j < labels; j++) {
          backward[t][j] = transitions.end(j);
        }
      } else {
        transitions.sumAfter(weighted(t + 1), backward[t]);
      }
    }
  }

  /** Backward scores of a step with its emissions. */
  private double[] weighted(int t) {
    double[] sum = backward[t].clone();
    add(emissions[t], sum);
    return sum;
  }

  private static void add(double[] terms, double[] to) {
    for (int j = 0; j < to.length; j++) {
      to[j] += terms[j];
    }
  }

  private void runBoth() {
    logPartition();
    if (backward == null) {
      runBackward();
    }
  }

  /** The probability of each label at step {@code t}, whatever the other labels are. */
  public double[] marginals(int t) {
    runBoth();
    double[] marginals = new double[transitions.labels()];
    for (int j = 0; j < marginals.length; j++) {
      marginals[j] = Math.exp(forward[t][j] + backward[t][j] - logPartition);
    }
    return marginals;
  }

  /** The probability that the labels from step {@code from} on are {@code path}. */
  public double probability(int from, int... path) {
    runBoth();
    double log = forward[from][path[0]];
    for (int k = 1; k < path.length; k++) {
      log += transitions.score(path[k - 1], path[k]) + emissions[from + k][path[k]];
    }
    log += backward[from + path.length - 1][path[path.length - 1]] - logPartition;
    return Math.min(1, Math.exp(log)); // rounding may leave 1 + 1e-15
  }

  /** The score of a whole label sequence; minus infinity if it is forbidden. */
  public double score(int... path) {
    if (path.length != steps()) {
      throw new IllegalArgumentException(
          "a path must have " + steps() + " labels, got " + path.length);
    }
    if (path.length == 0) {
      return 0;
    }
    double score = transitions.start(path[0]) + emissions[0][path[0]];
    for (int t = 1; t < path.length; t++) {
      score += transitions.score(path[t - 1], path[t]) + emissions[t][path[t]];
    }
    return score + transitions.end(path[path.length - 1]);
  }

  /** The most probable label sequence; of equal ones that with the smaller labels at the end. */
  public int[] bestPath() {
    int labels = transitions.labels();
    int[] path = new int[steps()];
    if (path.length == 0) {
      return path;
    }
    int[][] previous = new int[steps()][labels];
    double[] best = new double[labels];
    for (int j = 0; j < labels; j++) {
      best[j] = transitions.start(j) + emissions[0][j];
    }
    for (int t = 1; t < steps(); t++) {
      best = extend(best, emissions[t], previous[t]);
    }
    for (int j = 0; j < labels; j++) {
      best[j] += transitions.end(j);
    }
    path[path.length - 1] = argMax(best);
    for (int t = path.length - 1; t > 0; t--) {
      path[t - 1] = previous[t][path[t]];
    }
    return path;
  }

  private double[] extend(double[] best, double[] emission, int[] previous) {
    int labels = transitions.labels();
    double[] extended = new double[labels];
    Arrays.fill(extended, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < labels; i++) {
      for (int j = 0; j < labels; j++) {
        double score = best[i] + transitions.score(i, j);
        if (score > extended[j]) {
          extended[j] = score;
          previous[j] = i;
        }
      }
    }
    add(emission, extended);
    return extended;
  }

  private static int argMax(double[] values) {
    int best = 0;
    for (int j = 1; j < values.length; j++) {
      best = values[j] > values[best] ? j : best;
    }
    return best;
  }

  /**
   * Adds the derivatives of the negative log-likelihood of {@code path}: of each score, how often
   * it is expected to count minus how often it counts in {@code path}.
   *
   * @param emissionGradient {@code [steps][labels]}; set, not added to
   * @return the negative log-likelihood in nats
   */
  double gradient(int[] path, double[][] emissionGradient, CrfGradient gradient) {
    if (path.length == 0) {
      return 0;
    }
    runBoth();
    for (int t = 0; t < path.length; t++) {
      emissionGradient[t] = marginals(t);
    }
    gradient.addExpectedEnds(emissionGradient[0], emissionGradient[path.length - 1]);
    for (int t = 1; t < path.length; t++) {
      gradient.addExpected(transitions, forward[t - 1], weighted(t), logPartition);
    }
    for (int t = 0; t < path.length; t++) {
      emissionGradient[t][path[t]] -= 1;
    }
    gradient.subtract(path);
    return logPartition - score(path);
  }
}
