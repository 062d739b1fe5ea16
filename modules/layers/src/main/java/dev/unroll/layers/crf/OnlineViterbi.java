package dev.unroll.layers.crf;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The most probable labels of a sequence that is too long to hold, told while its steps come in: a
 * label is final as soon as all paths that may still win agree on it, which in practice is soon (R.
 * Šrámek, B. Brejová, T. Vinař, <i>On-Line Viterbi Algorithm for Analysis of Long Biological
 * Sequences</i>, WABI 2007). They are those of {@link CrfLattice#bestPath}, up to ties.
 *
 * <pre>
 *   steps      1 2 3 4 5 6 7
 *   paths      ·─·─·─┬─·─·─·    of both labels at step 7 the labels to step 3 are the same:
 *                    └─·─·─·    those are final
 * </pre>
 *
 * <p>Not safe for several threads.
 */
public final class OnlineViterbi {
  /** Steps that are held before it is first asked what is final. */
  private static final int PATIENCE = 256;

  private final CrfTransitions transitions;
  private final boolean fromTheEnd;
  private final IntConsumer labels;
  private double[] best;

  /** Element {@code (t - 1) * labels + j}: the best label before label j at the held step t. */
  private int[] previous = new int[0];

  /** Steps whose labels are not final yet. */
  private int held;

  /** How many are to be held before it is asked again. */
  private int next = PATIENCE;

  /**
   * A sequence that has no step yet.
   *
   * @param fromTheEnd whether the last step comes first
   * @param labels is told every label once it is final, in the order in which the steps came
   */
  public OnlineViterbi(CrfTransitions transitions, boolean fromTheEnd, IntConsumer labels) {
    this.transitions = transitions;
    this.fromTheEnd = fromTheEnd;
    this.labels = labels;
  }

  /**
   * Goes on by a step.
   *
   * @param emission a score for each label; not kept
   */
  public void step(double[] emission) {
    int count = transitions.labels();
    if (emission.length != count) {
      throw new IllegalArgumentException(
          "a step must have " + count + " scores, got " + emission.length);
    }
    double[] extended = new double[count];
    if (best == null) {
      Arrays.setAll(extended, fromTheEnd ? transitions::end : transitions::start);
    } else {
      extend(extended);
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < count; j++) {
      extended[j] += emission[j];
      largest = Math.max(largest, extended[j]);
    }
    for (int j = 0; j < count; j++) {
      extended[j] -= largest; // only differences matter, and these stay small
    }
    best = extended;
    held++;
    if (held >= next) {
      settle();
      next = 2 * held + PATIENCE;
    }
  }

  private void extend(double[] extended) {
    int count = transitions.labels();
    int row = (held - 1) * count;
    if (row + count > previous.length) {
      previous = Arrays.copyOf(previous, Math.max(PATIENCE * count, 2 * previous.length));
    }
    Arrays.fill(extended, Double.NEGATIVE_INFINITY);
    for (int j = 0; j < count; j++) {
      previous[row + j] = 0;
      for (int i = 0; i < count; i++) {
        double score = best[i] + (fromTheEnd ? transitions.score(j, i) : transitions.score(i, j));
        if (score > extended[j]) {
          extended[j] = score;
          previous[row + j] = i;
        }
      }
    }
  }

  /** Tells all labels up to the last step at which the paths of all labels meet. */
  private void settle() {
    int count = transitions.labels();
    int[] states = new int[count];
    Arrays.setAll(states, j -> j);
    for (int t = held - 1; t >= 0; t--) {
      if (t < held - 1 && isOne(states)) {
        tell(t, states[0]);
        System.arraycopy(previous, t * count + count, previous, 0, (held - t - 2) * count);
        held -= t + 1;
        return;
      }
      for (int j = 0; t > 0 && j < count; j++) {
        states[j] = previous[(t - 1) * count + states[j]];
      }
    }
  }

  private static boolean isOne(int[] states) {
    for (int state : states) {
      if (state != states[0]) {
        return false;
      }
    }
    return true;
  }

  /** Tells the labels of the held steps up to {@code last}. */
  private void tell(int last, int label) {
    int[] path = new int[last + 1];
    path[last] = label;
    for (int t = last; t > 0; t--) {
      path[t - 1] = previous[(t - 1) * transitions.labels() + path[t]];
    }
    Arrays.stream(path).forEach(labels);
  }

  /**
   * Ends the sequence and tells the labels that are left.
   *
   * @throws IllegalStateException if the constraints allow no path at all
   */
  public void finish() {
    if (best == null) {
      return;
    }
    int winner = 0;
    for (int j = 0; j < best.length; j++) {
      best[j] += fromTheEnd ? transitions.start(j) : transitions.end(j);
      winner = best[j] > best[winner] ? j : winner;
    }
    if (!(best[winner] > Double.NEGATIVE_INFINITY)) {
      throw new IllegalStateException("the constraints allow no sequence of these steps");
    }
    tell(held - 1, winner);
    best = null;
    held = 0;
  }
}
