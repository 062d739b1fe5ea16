package dev.unroll.layers.attention;

import dev.unroll.layers.memory.VectorExp;

/** Scores of one example to weights that sum to 1 over the steps of the source, and back. */
final class SourceSoftmax {
  /**
   * What is smaller counts as nothing. Beside weights that sum to 1 it is nothing; but a product
   * with it is a denormal number soon, and with those a processor is a hundred times slower.
   */
  private static final float NOTHING = 1e-20f;

  private SourceSoftmax() {}

  /**
   * Replaces scores by weights: exactly 0 at steps that the source lacks, and for states that are
   * not there.
   *
   * @param z {@code [queries, keys]}, row after row: steps from {@code from} on, and the first
   *     steps of the source
   */
  static void forward(
      float[] z, int queries, int keys, ValidSteps asking, int from, ValidSteps seen, int example) {
    for (int t = 0; t < queries; t++) {
      float largest = Float.NEGATIVE_INFINITY;
      for (int s = 0; s < keys; s++) {
        largest = seen.has(example, s) ? Math.max(largest, z[t * keys + s]) : largest;
      }
      for (int s = 0; s < keys; s++) {
        // What is masked may be larger than all others, and the exponential is of what is not
        // positive.
        z[t * keys + s] = seen.has(example, s) ? z[t * keys + s] - largest : 0;
      }
    }
    new VectorExp().apply(z, 0, queries * keys);
    for (int t = 0; t < queries; t++) {
      float sum = 0;
      for (int s = 0; s < keys; s++) {
        z[t * keys + s] = seen.has(example, s) ? z[t * keys + s] : 0;
        sum += z[t * keys + s];
      }
      float share = asking.has(example, from + t) ? 1 / sum : 0;
      for (int s = 0; s < keys; s++) {
        z[t * keys + s] = orNothing(z[t * keys + s] * share);
      }
    }
  }

  /**
   * Replaces the derivatives with respect to weights by those with respect to scores.
   *
   * @param weights {@code [queries, keys]}
   * @param d of the same shape
   */
  static void backward(float[] weights, float[] d, int queries, int keys) {
    for (int t = 0; t < queries; t++) {
      float mean = 0;
      for (int i = t * keys; i < (t + 1) * keys; i++) {
        mean += weights[i] * d[i];
      }
      for (int i = t * keys; i < (t + 1) * keys; i++) {
        d[i] = orNothing(weights[i] * (d[i] - mean));
      }
    }
  }

  /** A value that is not a number stays one. */
  private static float orNothing(float value) {
    return Math.abs(value) < NOTHING ? 0 : value;
  }
}
