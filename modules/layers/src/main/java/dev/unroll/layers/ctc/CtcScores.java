package dev.unroll.layers.ctc;

import dev.unroll.layers.memory.Parallel;
import dev.unroll.layers.memory.VectorExp;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Losses of a batch and their derivatives, from the scores (logits) of all classes at all steps:
 * what {@link Ctc} does behind its linear layer, for whoever has the scores.
 *
 * <p>Scores are an array of {@code [time, batch, classes]}, a row for each step of each sequence.
 */
public final class CtcScores {
  /** Sequences that one thread computes side by side. */
  private static final int PART = 8;

  /** Logits whose exponentials are taken at once. */
  private static final int CHUNK = 1024;

  private final float[] bias;
  private final int classes;
  private final CtcSteps steps;

  CtcScores(float[] bias, CtcSteps steps) {
    this.bias = bias;
    this.classes = bias.length;
    this.steps = steps;
  }

  /**
   * Scores that have their bias already.
   *
   * @param mask element {@code t * batch + b}; 0 where a step does not exist. Null if all do
   */
  public static CtcScores of(int classes, float[] mask, int batch, int time) {
    return new CtcScores(new float[classes], CtcSteps.of(mask, batch, time));
  }

  /**
   * The losses, and their derivatives.
   *
   * @param scores overwritten
   * @param labels {@code [batch, 1, longest]}, as {@link Ctc} reads them
   * @param derivatives receives those of the sum of the losses, laid out as the scores
   * @return the loss of each sequence, in nats
   * @throws IllegalArgumentException if a sequence has fewer steps than its labels need
   */
  public double[] derivatives(float[] scores, INDArray labels, float[] derivatives) {
    int[][] read = CtcLabels.read(labels, steps.rows().length, classes);
    steps.requireRoom(read);
    return derivatives(scores, read, derivatives);
  }

  double[] derivatives(float[] scores, int[][] labels, float[] derivatives) {
    float[] logs = new float[derivatives.length];
    softmax(scores, derivatives, logs);
    return losses(logs, labels, derivatives);
  }

  double[] losses(float[] scores, int[][] labels) {
    float[] logs = new float[scores.length];
    softmax(scores, new float[logs.length], logs);
    return losses(logs, labels, null);
  }

  /**
   * The losses, and the gradients by the logits.
   *
   * @param delta probabilities that become the gradients; null if those are not wanted
   */
  private double[] losses(float[] logs, int[][] labels, float[] delta) {
    double[] losses = new double[labels.length];
    Parallel.forEach(
        parts(labels.length, PART),
        part -> {
          int from = part * PART;
          int to = Math.min(labels.length, from + PART);
          FloatCtc ctc =
              new FloatCtc(
                  logs,
                  classes,
                  Arrays.copyOfRange(steps.rows(), from, to),
                  Arrays.copyOfRange(labels, from, to));
          double[] found = delta == null ? ctc.losses() : ctc.gradient(delta);
          System.arraycopy(found, 0, losses, from, found.length);
        });
    return losses;
  }

  /**
   * The softmax of every row that is a step; zeros elsewhere.
   *
   * @param z logits without the bias, overwritten
   * @param p room for the probabilities
   * @param logs room for their logarithms, or empty
   */
  void softmax(float[] z, float[] p, float[] logs) {
    boolean[] present = steps.present(z.length / classes);
    int most = Math.max(1, CHUNK / classes);
    Parallel.forEach(
        parts(present.length, most),
        part -> {
          VectorExp exp = new VectorExp();
          int from = part * most;
          int to = Math.min(present.length, from + most);
          for (int row = from; row < to; row++) {
            shift(z, row * classes);
          }
          System.arraycopy(z, from * classes, p, from * classes, (to - from) * classes);
          exp.apply(p, from * classes, (to - from) * classes);
          for (int row = from; row < to; row++) {
            if (present[row]) {
              normalise(z, p, logs, row * classes);
            } else {
              Arrays.fill(p, row * classes, (row + 1) * classes, 0);
            }
          }
        });
  }

  /** Adds the bias and takes off the largest. */
  private void shift(float[] z, int offset) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      z[offset + k] += bias[k];
      if (z[offset + k] > largest) {
        largest = z[offset + k];
      }
    }
    for (int k = 0; k < classes; k++) {
      z[offset + k] -= largest;
    }
  }

  private void normalise(float[] z, float[] p, float[] logs, int offset) {
    float sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += p[offset + k];
    }
    float factor = 1 / sum;
    for (int k = 0; k < classes; k++) {
      p[offset + k] *= factor;
    }
    if (logs.length > 0) {
      float log = (float) Math.log(sum);
      for (int k = 0; k < classes; k++) {
        logs[offset + k] = z[offset + k] - log;
      }
    }
  }

  private static int parts(int length, int part) {
    return (length + part - 1) / part;
  }
}
