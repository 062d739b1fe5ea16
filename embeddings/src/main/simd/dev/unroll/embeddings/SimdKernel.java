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
}
