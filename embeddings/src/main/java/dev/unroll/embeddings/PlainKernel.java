package dev.unroll.embeddings;

import java.util.Arrays;

/**
 * Loops in plain Java. The compiler turns the updates into vector instructions by itself; a sum of
 * products it leaves as it stands, because the order of floating-point additions is fixed, so the
 * products go to several accumulators that do not wait for each other.
 */
final class PlainKernel extends Kernel {
  @Override
  int lanes() {
    return 4;
  }

  @Override
  void dots(float[] x, int xOffset, int length, float[] matrix, int[] rows, int n, float[] scores) {
    int i = 0;
    for (; i + 2 < n; i += 3) {
      dots3(x, xOffset, length, matrix, rows, i, scores);
    }
    for (; i < n; i++) {
      scores[i] = dot(x, xOffset, length, matrix, rows[i]);
    }
  }

  private static void dots3(
      float[] x, int xOffset, int length, float[] matrix, int[] rows, int i, float[] scores) {
    int row0 = rows[i];
    int row1 = rows[i + 1];
    int row2 = rows[i + 2];
    float even0 = 0;
    float even1 = 0;
    float even2 = 0;
    float odd0 = 0;
    float odd1 = 0;
    float odd2 = 0;
    for (int d = 0; d < length; d += 2) {
      float even = x[xOffset + d];
      float odd = x[xOffset + d + 1];
      even0 += even * matrix[row0 + d];
      even1 += even * matrix[row1 + d];
      even2 += even * matrix[row2 + d];
      odd0 += odd * matrix[row0 + d + 1];
      odd1 += odd * matrix[row1 + d + 1];
      odd2 += odd * matrix[row2 + d + 1];
    }
    scores[i] = even0 + odd0;
    scores[i + 1] = even1 + odd1;
    scores[i + 2] = even2 + odd2;
  }

  private static float dot(float[] x, int xOffset, int length, float[] matrix, int row) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    for (int d = 0; d < length; d += 4) {
      sum0 += x[xOffset + d] * matrix[row + d];
      sum1 += x[xOffset + d + 1] * matrix[row + d + 1];
      sum2 += x[xOffset + d + 2] * matrix[row + d + 2];
      sum3 += x[xOffset + d + 3] * matrix[row + d + 3];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  @Override
  void update(
      float[] x,
      int xOffset,
      int length,
      float[] matrix,
      int[] rows,
      int n,
      float[] g,
      float[] error) {
    for (int i = 0; i < n; i++) {
      add(g[i], matrix, rows[i], error, 0, length);
      add(g[i], x, xOffset, matrix, rows[i], length);
    }
  }

  @Override
  void windowDots(
      float[] x,
      int[] xRows,
      int m,
      int length,
      float[] matrix,
      int[] rows,
      int n,
      float[] scores) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        scores[i * n + j] = dot(x, xRows[i], length, matrix, rows[j]);
      }
    }
  }

  @Override
  void windowUpdate(
      float[] x,
      int[] xRows,
      int m,
      int length,
      float[] matrix,
      int[] rows,
      int n,
      float[] g,
      float[] errors) {
    Arrays.fill(errors, 0, m * length, 0);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        add(g[i * n + j], matrix, rows[j], errors, i * length, length);
      }
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        add(g[i * n + j], x, xRows[i], matrix, rows[j], length);
      }
    }
    for (int i = 0; i < m; i++) {
      add(1, errors, i * length, x, xRows[i], length);
    }
  }

  @Override
  void add(float scale, float[] from, int fromOffset, float[] to, int toOffset, int length) {
    for (int d = 0; d < length; d++) {
      to[toOffset + d] += scale * from[fromOffset + d];
    }
  }
}
