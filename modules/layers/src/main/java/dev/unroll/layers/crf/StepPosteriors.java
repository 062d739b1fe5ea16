package dev.unroll.layers.crf;

/**
 * What a softmax makes of the scores of single steps, {@code log p(label | step)}, and the scores
 * that a hybrid {@link Crf} reads of it:
 *
 * <pre>
 *   u[t][j] = a[j] log p(j | t) + c[j]
 * </pre>
 *
 * <p>The softmax is taught by itself, by the cross-entropy of its steps; the field learns {@code
 * a}, {@code c} and its transitions from what the softmax says, and does not teach it.
 */
final class StepPosteriors {
  private final int labels;

  /** Element {@code position * labels + label}. */
  private final double[] logs;

  /**
   * The softmax of each position.
   *
   * @param scores element {@code position * labels + label}
   */
  StepPosteriors(double[] scores, int labels) {
    this.labels = labels;
    this.logs = new double[scores.length];
    for (int at = 0; at < scores.length; at += labels) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int j = at; j < at + labels; j++) {
        largest = Math.max(largest, scores[j]);
      }
      double sum = 0;
      for (int j = at; j < at + labels; j++) {
        sum += Math.exp(scores[j] - largest);
      }
      double log = largest + Math.log(sum);
      for (int j = at; j < at + labels; j++) {
        logs[j] = scores[j] - log;
      }
    }
  }

  /** The scores that the field reads. */
  double[] scaled(double[] scales, double[] offsets) {
    double[] scaled = new double[logs.length];
    for (int k = 0; k < scaled.length; k++) {
      scaled[k] = scales[k % labels] * logs[k] + offsets[k % labels];
    }
    return scaled;
  }

  /**
   * The derivatives of the field's loss with respect to its scales.
   *
   * @param gradient of the loss with respect to {@link #scaled}
   */
  double[] scaleGradient(double[] gradient) {
    double[] sums = new double[labels];
    for (int k = 0; k < gradient.length; k++) {
      sums[k % labels] += gradient[k] * logs[k];
    }
    return sums;
  }

  /**
   * The cross-entropies of the positions that count, added to the losses of their examples.
   *
   * @param classes element {@code position}
   * @param mask element {@code position}, or null
   * @param losses element {@code position % losses.length}
   */
  void addLosses(int[] classes, float[] mask, double[] losses) {
    for (int i = 0; i < classes.length; i++) {
      if (mask == null || mask[i] != 0) {
        losses[i % losses.length] -= logs[i * labels + classes[i]];
      }
    }
  }

  /** The derivatives of the cross-entropies with respect to the scores of the softmax. */
  double[] gradient(int[] classes, float[] mask) {
    double[] gradient = new double[logs.length];
    for (int i = 0; i < classes.length; i++) {
      if (mask == null || mask[i] != 0) {
        for (int k = i * labels; k < (i + 1) * labels; k++) {
          gradient[k] = Math.exp(logs[k]);
        }
        gradient[i * labels + classes[i]] -= 1;
      }
    }
    return gradient;
  }
}
