package dev.unroll.layers.output;

import dev.unroll.layers.memory.VectorExp;
import java.util.Arrays;

/**
 * Softmax and cross-entropy of rows of logits. One instance serves one thread.
 *
 * <pre>
 *   p = softmax(z + bias);   loss = -w Σ y log p;   ∂loss/∂z = w (p - y) for labels that sum to 1
 * </pre>
 *
 * <p>With smoothing ε, y is {@code (1 - ε)} of the label and {@code ε / classes} of every class.
 *
 * <p>A row is moved to an array of its own first: the compiler vectorises a loop only if it has the
 * same index into every array.
 */
public final class SoftmaxRows {
  private final float[] bias;
  private final StepLabels labels;
  private final double smoothing;
  private final VectorExp exp = new VectorExp();

  /** The row. */
  private final float[] z;

  /**
   * For rows of as many logits as there are biases.
   *
   * @param smoothing ε
   */
  public SoftmaxRows(float[] bias, StepLabels labels, double smoothing) {
    this.bias = bias;
    this.labels = labels;
    this.smoothing = smoothing;
    this.z = new float[bias.length];
  }

  /**
   * Replaces the logits of a row by its probabilities, or by zeros where the row is padding.
   *
   * @param rows holds the row from {@code offset} on
   * @param row its number, for the labels
   */
  public void probabilities(float[] rows, int offset, int row) {
    if (labels.weight(row) == 0) {
      Arrays.fill(rows, offset, offset + z.length, 0);
      return;
    }
    read(rows, offset);
    normalise(0);
    System.arraycopy(z, 0, rows, offset, z.length);
  }

  /**
   * Replaces the logits of a row by the gradient of its loss, and returns the loss.
   *
   * @param sums the gradient is added to them too
   */
  public double gradient(float[] rows, int offset, int row, float[] sums) {
    float weight = labels.weight(row);
    if (weight == 0) {
      Arrays.fill(rows, offset, offset + z.length, 0);
      return 0;
    }
    read(rows, offset);
    double chosen = 0;
    double shares = 0;
    if (labels.sparse()) {
      chosen = z[labels.classOf(row)];
      shares = 1;
    } else {
      for (int v = 0; v < z.length; v++) {
        chosen += (double) labels.share(row, v) * z[v];
        shares += labels.share(row, v);
      }
    }
    if (smoothing > 0) {
      chosen = (1 - smoothing) * chosen + smoothing / z.length * sum(z);
      shares = (1 - smoothing) * shares + smoothing;
    }
    // -Σ y log p = Σ y (log Σ exp z - z), which no probability near 0 can turn into infinity.
    double loss = shares * normalise((float) (smoothing / z.length)) - chosen;
    if (labels.sparse()) {
      z[labels.classOf(row)] -= (float) (1 - smoothing);
    } else {
      for (int v = 0; v < z.length; v++) {
        z[v] -= (float) (1 - smoothing) * labels.share(row, v);
      }
    }
    if (weight != 1) {
      for (int v = 0; v < z.length; v++) {
        z[v] *= weight;
      }
    }
    add(z, sums);
    System.arraycopy(z, 0, rows, offset, z.length);
    return weight * loss;
  }

  private void read(float[] rows, int offset) {
    System.arraycopy(rows, offset, z, 0, z.length);
    add(bias, z);
  }

  /** Adds some values to others. */
  static void add(float[] from, float[] to) {
    for (int v = 0; v < to.length; v++) {
      to[v] += from[v];
    }
  }

  /** Softmax in place, less a number; returns the logarithm of the sum of exponentials. */
  private double normalise(float less) {
    float largest = largest(z);
    subtract(largest, z);
    exp.apply(z, 0, z.length);
    double sum = sum(z);
    scale(z, (float) (1 / sum), less);
    return largest + Math.log(sum);
  }

  /** By a branch that is seldom taken, which waits for nothing, unlike the larger of two. */
  private static float largest(float[] z) {
    float largest = z[0];
    for (float value : z) {
      if (value > largest) {
        largest = value;
      }
    }
    return largest;
  }

  private static void subtract(float value, float[] z) {
    for (int v = 0; v < z.length; v++) {
      z[v] -= value;
    }
  }

  private static void scale(float[] z, float factor, float less) {
    for (int v = 0; v < z.length; v++) {
      z[v] = z[v] * factor - less;
    }
  }

  /** Four sums side by side, so that an addition need not wait for the one before. */
  private static double sum(float[] z) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int v = 0;
    for (int end = z.length - 3; v < end; v += 4) {
      a += z[v];
      b += z[v + 1];
      c += z[v + 2];
      d += z[v + 3];
    }
    for (; v < z.length; v++) {
      a += z[v];
    }
    return a + b + (c + d);
  }
}
