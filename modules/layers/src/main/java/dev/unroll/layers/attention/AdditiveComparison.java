package dev.unroll.layers.attention;

import dev.unroll.layers.memory.Activations;
import dev.unroll.layers.memory.Gemm.Matrix;

/**
 * {@code tanh(q + k) v}: the score {@link Score#ADDITIVE}, of queries and keys after their
 * matrices.
 *
 * <p>The tangents of one query with one key are made, used and forgotten, and made again on the way
 * back: all of them would be {@code queries x keys x width} numbers. Loops go over neighbours, so
 * that the compiler makes vectors of them.
 */
final class AdditiveComparison implements Comparison {
  private final float[] v;

  /**
   * Compares by given weights.
   *
   * @param v {@code [width]}
   */
  AdditiveComparison(float[] v) {
    this.v = v;
  }

  @Override
  public void forward(int queries, int keys, Matrix q, Matrix k, Matrix scores) {
    int width = v.length;
    float[] query = new float[width];
    float[] allKeys = read(k, keys);
    float[] z = new float[width];
    float[] row = new float[keys];
    for (int t = 0; t < queries; t++) {
      q.fromRow(t).read(query, 1, width);
      for (int s = 0; s < keys; s++) {
        System.arraycopy(allKeys, s * width, z, 0, width);
        Activations.tanh(z, query);
        times(v, z);
        row[s] = sum(z);
      }
      scores.fromRow(t).write(row, 1, keys);
    }
  }

  @Override
  public void backward(
      int queries, int keys, Matrix q, Matrix k, Matrix d, Matrix dQ, Matrix dK, float[] dV) {
    int width = v.length;
    float[] query = new float[width];
    float[] dQuery = new float[width];
    float[] allKeys = read(k, keys);
    float[] dKeys = read(dK, keys);
    float[] dKey = new float[width];
    float[] z = new float[width];
    float[] row = new float[keys];
    for (int t = 0; t < queries; t++) {
      q.fromRow(t).read(query, 1, width);
      dQ.fromRow(t).read(dQuery, 1, width);
      d.fromRow(t).read(row, 1, keys);
      for (int s = 0; s < keys; s++) {
        System.arraycopy(allKeys, s * width, z, 0, width);
        Activations.tanh(z, query);
        addTimes(row[s], z, dV);
        slopes(row[s], v, z);
        add(z, dQuery);
        System.arraycopy(dKeys, s * width, dKey, 0, width);
        add(z, dKey);
        System.arraycopy(dKey, 0, dKeys, s * width, width);
      }
      dQ.fromRow(t).write(dQuery, 1, width);
    }
    dK.write(dKeys, keys, width);
  }

  @Override
  public int parameters() {
    return v.length;
  }

  private float[] read(Matrix matrix, int rows) {
    float[] values = new float[rows * v.length];
    matrix.read(values, rows, v.length);
    return values;
  }

  private static void times(float[] factors, float[] z) {
    for (int i = 0; i < z.length; i++) {
      z[i] *= factors[i];
    }
  }

  /** Replaces tangents by the derivatives of a score with respect to what they were taken of. */
  private static void slopes(float factor, float[] v, float[] z) {
    for (int i = 0; i < z.length; i++) {
      z[i] = factor * v[i] * (1 - z[i] * z[i]);
    }
  }

  private static void addTimes(float factor, float[] from, float[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] += factor * from[i];
    }
  }

  private static void add(float[] from, float[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] += from[i];
    }
  }

  /** Adds the upper half to the lower until little is left; destroys {@code z}. */
  private static float sum(float[] z) {
    int length = z.length;
    while (length > 8) {
      int half = length / 2;
      addHalf(z, length - half, half);
      length -= half;
    }
    float sum = 0;
    for (int i = 0; i < length; i++) {
      sum += z[i];
    }
    return sum;
  }

  private static void addHalf(float[] z, int from, int count) {
    for (int i = 0; i < count; i++) {
      z[i] += z[from + i];
    }
  }
}
