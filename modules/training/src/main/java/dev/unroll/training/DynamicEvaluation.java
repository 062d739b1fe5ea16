package dev.unroll.training;

import java.nio.FloatBuffer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Lets a trained network go on learning from what it has been scored on (B. Krause, E. Kahembwe, I.
 * Murray, S. Renals, <i>Dynamic Evaluation of Neural Sequence Models</i>, ICML 2018, section 4).
 *
 * <pre>
 *   for each segment of the text
 *     its loss, by the parameters as they are      this is the score
 *     g    its gradient
 *     RMS  the root of the mean of g² so far
 *     θ ← θ − rate · g / (RMS + ε) + decay · (θ₀ − θ) · RMS / mean(RMS)
 * </pre>
 *
 * <p>What learns much goes back faster to the parameters θ₀ of the training, and at most all the
 * way. In the paper the mean of g² is that over the training text, which need not be at hand here.
 * No segment is learnt from before it was scored.
 */
public final class DynamicEvaluation {
  private static final int CHUNK = 1 << 14;

  /** ε in averages of RMS: what hardly ever learns is not to leap when it does. */
  private static final double EPSILON = 0.05;

  private final ComputationGraph network;
  private final DynamicRates rates;
  private final float[] trained;
  private final float[] squares;
  private int segments;

  /**
   * An evaluation that has read nothing.
   *
   * @param network without dropout; its parameters change, and it carries its state from segment to
   *     segment if it is configured for truncated back-propagation through time
   */
  public DynamicEvaluation(ComputationGraph network, DynamicRates rates) {
    this.network = network;
    this.rates = rates;
    this.trained = Parameters.copy(network);
    this.squares = new float[trained.length];
  }

  /**
   * Scores a segment, and then learns from it.
   *
   * @return the loss before that; see {@link GradientStep#compute}
   */
  public double scoreThenLearn(MultiDataSet segment) {
    double loss = GradientStep.compute(network, segment);
    INDArray flat = network.getFlattenedGradients();
    FloatBuffer gradient = flat.data().asNioFloat().slice((int) flat.offset(), trained.length);
    segments++;
    update(gradient, observe(gradient));
    return loss;
  }

  /** Takes note of g², and gives the mean of the roots. */
  private double observe(FloatBuffer gradient) {
    float[] g = new float[CHUNK];
    float[] roots = new float[CHUNK];
    double sum = 0;
    for (int from = 0; from < squares.length; from += CHUNK) {
      int length = Math.min(CHUNK, squares.length - from);
      gradient.get(from, g, 0, length);
      for (int i = 0; i < length; i++) {
        squares[from + i] += g[i] * g[i];
      }
      roots(from, length, roots);
      for (int i = 0; i < length; i++) {
        sum += roots[i];
      }
    }
    return sum / squares.length;
  }

  /** The RMS of the parameters from {@code from} on. */
  private void roots(int from, int length, float[] roots) {
    float share = 1f / segments;
    for (int i = 0; i < length; i++) {
      roots[i] = (float) Math.sqrt(share * squares[from + i]);
    }
  }

  private void update(FloatBuffer gradient, double mean) {
    FloatBuffer values = Parameters.values(network);
    float[] g = new float[CHUNK];
    float[] roots = new float[CHUNK];
    float[] theta = new float[CHUNK];
    float rate = (float) rates.rate();
    float epsilon = (float) (EPSILON * mean + Float.MIN_NORMAL);
    float decay = (float) (rates.decay() / (mean + Float.MIN_NORMAL));
    for (int from = 0; from < squares.length; from += CHUNK) {
      int length = Math.min(CHUNK, squares.length - from);
      gradient.get(from, g, 0, length);
      values.get(from, theta, 0, length);
      roots(from, length, roots);
      for (int i = 0; i < length; i++) {
        float back = Math.min(1, decay * roots[i]) * (trained[from + i] - theta[i]);
        theta[i] += back - rate * g[i] / (roots[i] + epsilon);
      }
      values.put(from, theta, 0, length);
    }
  }
}
