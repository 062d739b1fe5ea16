package dev.unroll.layers.ctc;

import dev.unroll.layers.memory.VectorExp;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * {@link ReferenceCtc} in floats, for several sequences at once. One instance serves one thread.
 *
 * <p>The states of the sequences lie side by side, the sequence with the most steps first, so that
 * those which a step has are always the first ones. Two states that nothing can pass part one
 * sequence from the next:
 *
 * <pre>
 *   × × - a - b -  × × - c -  ×  ×        × impossible; a wall of two, as a path goes on by at most two
 * </pre>
 *
 * <p>In log space nothing is lost however improbable the labels are: with sums of probabilities
 * that are scaled step by step, the states which the labels must pass would vanish beside those of
 * the prefixes, long before they are learnt. Each step's logarithms are taken from their largest,
 * which keeps the digits of a float where they count, and as {@code Σ_s exp(α_t(s) + β_t(s))} is
 * the same at each step, the shares of the states are known without the sum of what was taken off.
 *
 * <p>What is done to all states alike stands in {@link LogLoops}.
 */
final class FloatCtc {
  /** The logarithm of nothing; sums of it stay far from what a float can hold. */
  private static final float IMPOSSIBLE = -1e30f;

  private static final int WALL = 2;

  private final float[] logs;
  private final int stride;
  private final int[] order;
  private final int[][] rows;
  private final int[][] states;

  /** Where the states of each sequence begin, in the order of their lengths. */
  private final int[] first;

  private final int width;

  /** 0 where a path may come from the last state but one, otherwise {@link #IMPOSSIBLE}. */
  private final float[] skip;

  private final float[] skipNext;
  private final double[] taken;
  private final VectorExp exp = new VectorExp();

  private final float[] a;
  private final float[] b;
  private final float[] c;
  private final float[] largest;
  private final float[] sum;
  private final float[] emission;

  /**
   * Some sequences of a batch.
   *
   * @param logs logarithms of the probabilities of all rows of the batch, a row after the other
   * @param classes the length of a row
   * @param rows the numbers of the rows of each sequence, in the order of its steps
   * @param labels of each sequence, at most as many as its steps have room for
   */
  FloatCtc(float[] logs, int classes, int[][] rows, int[][] labels) {
    this.logs = logs;
    this.stride = classes;
    int count = rows.length;
    order =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> rows[i].length).reversed())
            .mapToInt(i -> i)
            .toArray();
    this.rows = new int[count][];
    states = new int[count][];
    first = new int[count];
    int end = 0;
    for (int i = 0; i < count; i++) {
      this.rows[i] = rows[order[i]];
      states[i] = ReferenceCtc.states(labels[order[i]]);
      first[i] = end + WALL;
      end = first[i] + states[i].length;
    }
    width = end + WALL;
    skip = new float[width];
    skipNext = new float[width];
    Arrays.fill(skip, IMPOSSIBLE);
    Arrays.fill(skipNext, IMPOSSIBLE);
    for (int i = 0; i < count; i++) {
      for (int s = WALL; s < states[i].length; s++) {
        if (ReferenceCtc.skips(states[i], s)) {
          skip[first[i] + s] = 0;
          skipNext[first[i] + s - 2] = 0;
        }
      }
    }
    taken = new double[count];
    a = new float[width];
    b = new float[width];
    c = new float[width];
    largest = new float[width];
    sum = new float[width];
    emission = new float[width];
  }

  /** The loss of each sequence in nats, in the order in which they were given. */
  double[] losses() {
    return losses(null);
  }

  /**
   * The losses, and what the alignments say.
   *
   * @param gradient of all rows, from which the share of the alignments that have a class at a row
   *     is taken off: probabilities become derivatives of the losses by the logits
   */
  double[] gradient(float[] gradient) {
    float[][] forward = new float[steps()][];
    double[] losses = losses(forward);
    float[] backward = new float[width];
    Arrays.fill(backward, IMPOSSIBLE);
    int active = 0;
    for (int t = forward.length - 1; t >= 0; t--) {
      if (active > 0) {
        back(backward, t + 1, active);
      }
      for (; active < rows.length && rows[active].length > t; active++) {
        int last = first[active] + states[active].length - 1;
        backward[last] = 0;
        backward[Math.max(first[active], last - 1)] = 0;
      }
      subtract(forward[t], backward, gradient, t, active);
    }
    return losses;
  }

  private int steps() {
    return rows.length == 0 ? 0 : rows[0].length;
  }

  /** Steps forward; keeps each if there is room for them. */
  private double[] losses(float[][] kept) {
    double[] losses = new double[rows.length];
    float[] alpha = new float[width];
    Arrays.fill(alpha, IMPOSSIBLE);
    Arrays.fill(taken, 0);
    int active = rows.length;
    for (int t = 0; t < steps(); t++) {
      for (; active > 0 && rows[active - 1].length == t; active--) {
        losses[order[active - 1]] = loss(active - 1, alpha);
      }
      emissions(t, active);
      if (t == 0) {
        for (int i = 0; i < active; i++) {
          int until = first[i] + Math.min(2, states[i].length);
          System.arraycopy(emission, first[i], alpha, first[i], until - first[i]);
        }
      } else {
        forth(alpha, end(active));
      }
      normalise(alpha, active, taken);
      if (kept != null) {
        kept[t] = Arrays.copyOf(alpha, end(active));
      }
    }
    for (; active > 0; active--) {
      losses[order[active - 1]] = loss(active - 1, alpha);
    }
    return losses;
  }

  private double loss(int i, float[] alpha) {
    if (rows[i].length == 0) {
      return 0;
    }
    int last = first[i] + states[i].length - 1;
    double end = alpha[last];
    double before = states[i].length > 1 ? alpha[last - 1] : IMPOSSIBLE;
    double most = Math.max(end, before);
    return -(taken[i] + most + Math.log(Math.exp(end - most) + Math.exp(before - most)));
  }

  /** Behind the states of the first sequences, and the wall behind them. */
  private int end(int active) {
    return first[active - 1] + states[active - 1].length + WALL;
  }

  private void emissions(int t, int active) {
    Arrays.fill(emission, 0, end(active), IMPOSSIBLE);
    for (int i = 0; i < active; i++) {
      int row = rows[i][t] * stride;
      float blank = logs[row + Ctc.BLANK];
      int[] classes = states[i];
      int to = first[i];
      for (int s = 0; s < classes.length; s += 2) {
        emission[to + s] = blank;
      }
      for (int s = 1; s < classes.length; s += 2) {
        emission[to + s] = logs[row + classes[s]];
      }
    }
  }

  private void forth(float[] alpha, int count) {
    System.arraycopy(alpha, 0, a, 0, count);
    b[0] = IMPOSSIBLE;
    System.arraycopy(alpha, 0, b, 1, count - 1);
    c[0] = IMPOSSIBLE;
    c[1] = IMPOSSIBLE;
    System.arraycopy(alpha, 0, c, 2, count - 2);
    logSum(skip, count);
    LogLoops.sum(largest, sum, emission, alpha, count);
  }

  private void back(float[] beta, int next, int active) {
    int count = end(active);
    emissions(next, active);
    LogLoops.add(emission, beta, count);
    normalise(beta, active, null);
    System.arraycopy(beta, 0, a, 0, count);
    System.arraycopy(beta, 1, b, 0, count - 1);
    b[count - 1] = IMPOSSIBLE;
    System.arraycopy(beta, 2, c, 0, count - 2);
    c[count - 2] = IMPOSSIBLE;
    c[count - 1] = IMPOSSIBLE;
    logSum(skipNext, count);
    System.arraycopy(largest, 0, beta, 0, count);
    LogLoops.add(sum, beta, count);
  }

  /** The logarithms of {@code exp a + exp b + exp (c + may)} as {@link #largest} and a sum. */
  private void logSum(float[] may, int count) {
    LogLoops.add(may, c, count);
    LogLoops.larger(a, b, largest, count);
    LogLoops.larger(largest, c, largest, count);
    LogLoops.subtract(largest, a, count);
    LogLoops.subtract(largest, b, count);
    LogLoops.subtract(largest, c, count);
    exp.apply(a, 0, count);
    exp.apply(b, 0, count);
    exp.apply(c, 0, count);
    LogLoops.sum(a, b, c, sum, count);
    LogLoops.logarithms(sum, count);
  }

  /** Takes the largest value of each sequence off all of its values. */
  private void normalise(float[] values, int active, double[] sums) {
    for (int i = 0; i < active; i++) {
      int from = first[i];
      int to = from + states[i].length;
      float most = values[from];
      for (int s = from + 1; s < to; s++) {
        if (values[s] > most) {
          most = values[s];
        }
      }
      for (int s = from; s < to; s++) {
        values[s] -= most;
      }
      if (sums != null) {
        sums[i] += most;
      }
    }
  }

  private void subtract(float[] alpha, float[] beta, float[] gradient, int t, int active) {
    int count = end(active);
    System.arraycopy(alpha, 0, a, 0, count);
    LogLoops.add(beta, a, count);
    normalise(a, active, null);
    exp.apply(a, 0, count);
    for (int i = 0; i < active; i++) {
      int from = first[i];
      int[] classes = states[i];
      float all = 0;
      for (int s = 0; s < classes.length; s++) {
        all += a[from + s];
      }
      float share = 1 / all;
      int row = rows[i][t] * stride;
      float blank = 0;
      for (int s = 0; s < classes.length; s += 2) {
        blank += a[from + s];
      }
      gradient[row + Ctc.BLANK] -= blank * share;
      for (int s = 1; s < classes.length; s += 2) {
        gradient[row + classes[s]] -= a[from + s] * share;
      }
    }
  }
}
