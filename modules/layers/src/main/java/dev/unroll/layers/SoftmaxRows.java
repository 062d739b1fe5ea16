package dev.unroll.layers;

import dev.unroll.layers.memory.VectorExp;
import dev.unroll.layers.output.StepLabels;
import java.util.Arrays;

/**
 * Softmax and cross-entropy of rows of logits, in one pass over each row. One instance serves one
 * thread.
 *
 * <pre>
 *   p = softmax(z + bias);   loss = -w Σ y log p;   ∂loss/∂z = w (p - y) for labels that sum to 1
 * </pre>
 *
 * <p>With smoothing ε, y is {@code (1 - ε)} of the label and {@code ε / classes} of every class.
 */
final class SoftmaxRows {
  private final float[] bias;
  private final StepLabels labels;
  private final double smoothing;
  private final VectorExp exp = new VectorExp();

  SoftmaxRows(float[] bias, StepLabels labels, double smoothing) {
    this.bias = bias;
    this.labels = labels;
    this.smoothing = smoothing;
  }

  /**
   * Replaces the logits of a row by its probabilities, or by zeros where the row is padding.
   *
   * @param z holds the row from {@code offset} on
   * @param row its number, for the labels
   */
  void probabilities(float[] z, int offset, int row) {
    if (labels.weight(row) == 0) {
      Arrays.fill(z, offset, offset + bias.length, 0);
      return;
    }
    addBias(z, offset);
    normalise(z, offset);
  }

  /** Replaces the logits of a row by the gradient of its loss, and returns the loss. */
  double gradient(float[] z, int offset, int row) {
    float weight = labels.weight(row);
    if (weight == 0) {
      Arrays.fill(z, offset, offset + bias.length, 0);
      return 0;
    }
    addBias(z, offset);
    double chosen = 0;
    double shares = 0;
    if (labels.sparse()) {
      chosen = z[offset + labels.classOf(row)];
      shares = 1;
    } else {
      for (int v = 0; v < bias.length; v++) {
        chosen += (double) labels.share(row, v) * z[offset + v];
        shares += labels.share(row, v);
      }
    }
    if (smoothing > 0) {
      chosen = (1 - smoothing) * chosen + smoothing / bias.length * sum(z, offset, bias.length);
      shares = (1 - smoothing) * shares + smoothing;
    }
    // -Σ y log p = Σ y (log Σ exp z - z), which no probability near 0 can turn into infinity.
    double loss = shares * normalise(z, offset) - chosen;
    if (labels.sparse()) {
      z[offset + labels.classOf(row)] -= (float) (1 - smoothing);
    } else {
      for (int v = 0; v < bias.length; v++) {
        z[offset + v] -= (float) (1 - smoothing) * labels.share(row, v);
      }
    }
    if (smoothing > 0) {
      subtract((float) (smoothing / bias.length), z, offset);
    }
    if (weight != 1) {
      for (int v = 0; v < bias.length; v++) {
        z[offset + v] *= weight;
      }
    }
    return weight * loss;
  }

  private void subtract(float value, float[] z, int offset) {
    for (int v = 0; v < bias.length; v++) {
      z[offset + v] -= value;
    }
  }

  private void addBias(float[] z, int offset) {
    for (int v = 0; v < bias.length; v++) {
      z[offset + v] += bias[v];
    }
  }

  /** Softmax in place; returns the logarithm of the sum of exponentials. */
  private double normalise(float[] z, int offset) {
    int classes = bias.length;
    float largest = z[offset];
    for (int v = 1; v < classes; v++) {
      largest = Math.max(largest, z[offset + v]);
    }
    for (int v = 0; v < classes; v++) {
      z[offset + v] -= largest;
    }
    exp.apply(z, offset, classes);
    double sum = sum(z, offset, classes);
    float share = (float) (1 / sum);
    for (int v = 0; v < classes; v++) {
      z[offset + v] *= share;
    }
    return largest + Math.log(sum);
  }

  /** Four sums side by side, so that an addition need not wait for the one before. */
  private static double sum(float[] z, int offset, int length) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int v = offset;
    for (int end = offset + length - 3; v < end; v += 4) {
      a += z[v];
      b += z[v + 1];
      c += z[v + 2];
      d += z[v + 3];
    }
    for (; v < offset + length; v++) {
      a += z[v];
    }
    return a + b + (c + d);
  }
}
