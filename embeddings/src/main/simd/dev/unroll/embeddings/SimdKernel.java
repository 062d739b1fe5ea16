package dev.unroll.embeddings;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops on the Vector API, three rows at a time so that each part of {@code x} is read once for
 * three rows and the sums do not wait for each other.
 */
final class SimdKernel extends Kernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  @Override
  int lanes() {
    return LANES;
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
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    FloatVector sum2 = FloatVector.zero(SPECIES);
    for (int d = 0; d < length; d += LANES) {
      FloatVector part = FloatVector.fromArray(SPECIES, x, xOffset + d);
      sum0 = part.fma(FloatVector.fromArray(SPECIES, matrix, row0 + d), sum0);
      sum1 = part.fma(FloatVector.fromArray(SPECIES, matrix, row1 + d), sum1);
      sum2 = part.fma(FloatVector.fromArray(SPECIES, matrix, row2 + d), sum2);
    }
    scores[i] = sum0.reduceLanes(VectorOperators.ADD);
    scores[i + 1] = sum1.reduceLanes(VectorOperators.ADD);
    scores[i + 2] = sum2.reduceLanes(VectorOperators.ADD);
  }

  private static float dot(float[] x, int xOffset, int length, float[] matrix, int row) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int d = 0; d < length; d += LANES) {
      FloatVector part = FloatVector.fromArray(SPECIES, x, xOffset + d);
      sum = part.fma(FloatVector.fromArray(SPECIES, matrix, row + d), sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
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
    int i = 0;
    for (; i + 2 < n; i += 3) {
      update3(x, xOffset, length, matrix, rows, i, g, error);
    }
    for (; i < n; i++) {
      add(g[i], matrix, rows[i], error, 0, length);
      add(g[i], x, xOffset, matrix, rows[i], length);
    }
  }

  private static void update3(
      float[] x,
      int xOffset,
      int length,
      float[] matrix,
      int[] rows,
      int i,
      float[] g,
      float[] error) {
    int row0 = rows[i];
    int row1 = rows[i + 1];
    int row2 = rows[i + 2];
    FloatVector g0 = FloatVector.broadcast(SPECIES, g[i]);
    FloatVector g1 = FloatVector.broadcast(SPECIES, g[i + 1]);
    FloatVector g2 = FloatVector.broadcast(SPECIES, g[i + 2]);
    for (int d = 0; d < length; d += LANES) {
      FloatVector part = FloatVector.fromArray(SPECIES, x, xOffset + d);
      FloatVector sum = FloatVector.fromArray(SPECIES, error, d);
      // Each row is written before the next is read: two of them may be the same.
      FloatVector weights = FloatVector.fromArray(SPECIES, matrix, row0 + d);
      sum = weights.fma(g0, sum);
      part.fma(g0, weights).intoArray(matrix, row0 + d);
      weights = FloatVector.fromArray(SPECIES, matrix, row1 + d);
      sum = weights.fma(g1, sum);
      part.fma(g1, weights).intoArray(matrix, row1 + d);
      weights = FloatVector.fromArray(SPECIES, matrix, row2 + d);
      sum = weights.fma(g2, sum);
      part.fma(g2, weights).intoArray(matrix, row2 + d);
      sum.intoArray(error, d);
    }
  }

  @Override
  void add(float scale, float[] from, int fromOffset, float[] to, int toOffset, int length) {
    FloatVector factor = FloatVector.broadcast(SPECIES, scale);
    for (int d = 0; d < length; d += LANES) {
      FloatVector.fromArray(SPECIES, from, fromOffset + d)
          .fma(factor, FloatVector.fromArray(SPECIES, to, toOffset + d))
          .intoArray(to, toOffset + d);
    }
  }

  @Override
  void windowDots(
      float[] x, int[] xRows, int m, int length, float[] matrix, int[] rows, int n, float[] scores) {
    for (int i = 0; i < m; i += 2) {
      int j = 0;
      for (; j + 2 < n; j += 3) {
        dots2x3(x, xRows, i, m, length, matrix, rows, j, n, scores);
      }
      for (; j < n; j++) {
        for (int k = i; k < Math.min(m, i + 2); k++) {
          scores[k * n + j] = dot(x, xRows[k], length, matrix, rows[j]);
        }
      }
    }
  }

  /** Of vectors i and i + 1; one that is left over is taken twice, which costs no branch. */
  private static void dots2x3(
      float[] x,
      int[] xRows,
      int i,
      int m,
      int length,
      float[] matrix,
      int[] rows,
      int j,
      int n,
      float[] scores) {
    int next = Math.min(m - 1, i + 1);
    int x0 = xRows[i];
    int x1 = xRows[next];
    int row0 = rows[j];
    int row1 = rows[j + 1];
    int row2 = rows[j + 2];
    FloatVector sum00 = FloatVector.zero(SPECIES);
    FloatVector sum01 = FloatVector.zero(SPECIES);
    FloatVector sum02 = FloatVector.zero(SPECIES);
    FloatVector sum10 = FloatVector.zero(SPECIES);
    FloatVector sum11 = FloatVector.zero(SPECIES);
    FloatVector sum12 = FloatVector.zero(SPECIES);
    for (int d = 0; d < length; d += LANES) {
      FloatVector part0 = FloatVector.fromArray(SPECIES, x, x0 + d);
      FloatVector part1 = FloatVector.fromArray(SPECIES, x, x1 + d);
      FloatVector weights = FloatVector.fromArray(SPECIES, matrix, row0 + d);
      sum00 = part0.fma(weights, sum00);
      sum10 = part1.fma(weights, sum10);
      weights = FloatVector.fromArray(SPECIES, matrix, row1 + d);
      sum01 = part0.fma(weights, sum01);
      sum11 = part1.fma(weights, sum11);
      weights = FloatVector.fromArray(SPECIES, matrix, row2 + d);
      sum02 = part0.fma(weights, sum02);
      sum12 = part1.fma(weights, sum12);
    }
    int at = i * n + j;
    scores[at] = sum00.reduceLanes(VectorOperators.ADD);
    scores[at + 1] = sum01.reduceLanes(VectorOperators.ADD);
    scores[at + 2] = sum02.reduceLanes(VectorOperators.ADD);
    at = next * n + j;
    scores[at] = sum10.reduceLanes(VectorOperators.ADD);
    scores[at + 1] = sum11.reduceLanes(VectorOperators.ADD);
    scores[at + 2] = sum12.reduceLanes(VectorOperators.ADD);
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
    for (int j = 0; j < n; j += 3) {
      int width = Math.min(3, n - j);
      windowUpdate3(x, xRows, m, length, matrix, rows, j, width, n, g, errors);
    }
    for (int i = 0; i < m; i++) {
      add(1, errors, i * length, x, xRows[i], length);
    }
  }

  /** Of up to three rows, whose values stay in registers while all vectors pass. */
  private static void windowUpdate3(
      float[] x,
      int[] xRows,
      int m,
      int length,
      float[] matrix,
      int[] rows,
      int j,
      int width,
      int n,
      float[] g,
      float[] errors) {
    int row0 = rows[j];
    int row1 = rows[width > 1 ? j + 1 : j];
    int row2 = rows[width > 2 ? j + 2 : j];
    for (int d = 0; d < length; d += LANES) {
      FloatVector weights0 = FloatVector.fromArray(SPECIES, matrix, row0 + d);
      FloatVector weights1 = FloatVector.fromArray(SPECIES, matrix, row1 + d);
      FloatVector weights2 = FloatVector.fromArray(SPECIES, matrix, row2 + d);
      FloatVector change0 = FloatVector.zero(SPECIES);
      FloatVector change1 = FloatVector.zero(SPECIES);
      FloatVector change2 = FloatVector.zero(SPECIES);
      for (int i = 0, at = j, to = d; i < m; i++, at += n, to += length) {
        FloatVector g0 = FloatVector.broadcast(SPECIES, g[at]);
        FloatVector g1 = FloatVector.broadcast(SPECIES, width > 1 ? g[at + 1] : 0);
        FloatVector g2 = FloatVector.broadcast(SPECIES, width > 2 ? g[at + 2] : 0);
        FloatVector part = FloatVector.fromArray(SPECIES, x, xRows[i] + d);
        change0 = part.fma(g0, change0);
        change1 = part.fma(g1, change1);
        change2 = part.fma(g2, change2);
        FloatVector error =
            j == 0 ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, errors, to);
        weights2.fma(g2, weights1.fma(g1, weights0.fma(g0, error))).intoArray(errors, to);
      }
      weights0.add(change0).intoArray(matrix, row0 + d);
      // Each row is written before the next is read: two of them may be the same.
      FloatVector.fromArray(SPECIES, matrix, row1 + d).add(change1).intoArray(matrix, row1 + d);
      FloatVector.fromArray(SPECIES, matrix, row2 + d).add(change2).intoArray(matrix, row2 + d);
    }
  }
}
