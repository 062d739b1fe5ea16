package dev.unroll.embeddings;

import dev.unroll.data.UserError;
import java.util.Arrays;

/**
 * The rows of a table as directions. Vectors stay as they were trained; beside each lies the
 * reciprocal of its length. A zero vector has cosine 0 with everything.
 */
final class UnitRows {
  /** Below this many numbers a second thread costs more than it saves. */
  private static final long WORTH_SPLITTING = 1 << 20;

  private final VectorTable table;
  private final int rows;
  private final int stride;
  private final Kernel kernel;
  private volatile float[] scales; // made for the first search of all rows

  UnitRows(VectorTable table, Kernel kernel) {
    this.table = table;
    this.rows = table.size();
    this.stride = table.stride;
    this.kernel = kernel;
  }

  /** Numbers from one row to the next. */
  int stride() {
    return stride;
  }

  /** Whether several threads read all rows sooner than one. */
  boolean large() {
    return (long) rows * stride >= WORTH_SPLITTING;
  }

  /** In how many parts all rows are read at the same time. */
  int parts() {
    return large() ? Parallel.threads() : 1;
  }

  /** Where a part of {@code whole} begins. */
  static int begin(int whole, int part, int parts) {
    return (int) ((long) whole * part / parts);
  }

  /** The reciprocal length of each row, or zero for a zero row. */
  float[] scales() {
    float[] made = scales;
    if (made == null) {
      float[] all = new float[rows];
      int parts = parts();
      Parallel.forEach(
          parts, part -> fill(all, begin(rows, part, parts), begin(rows, part + 1, parts)));
      made = all;
      scales = made;
    }
    return made;
  }

  private void fill(float[] all, int begin, int end) {
    float[] scratch = new float[stride];
    for (int row = begin; row < end; row++) {
      all[row] = scale(row, table.rows(row, 1, scratch), table.offset(row));
    }
  }

  private float scale(int row, float[] matrix, int offset) {
    double squares = squares(matrix, offset, stride);
    if (!Double.isFinite(squares)) {
      throw UserError.data(
          table.source(), "vector " + (row + 1) + ": it holds a value that is no finite number");
    }
    return squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
  }

  private static double squares(float[] values, int offset, int length) {
    double squares = 0;
    for (int d = 0; d < length; d++) {
      squares += (double) values[offset + d] * values[offset + d];
    }
    return squares;
  }

  /** Scales a vector to length 1, unless it is zero. */
  static void normalise(float[] vector) {
    double squares = squares(vector, 0, vector.length);
    float scale = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
    for (int d = 0; d < vector.length; d++) {
      vector[d] *= scale;
    }
  }

  /** A row scaled to length 1, {@code [stride]}. */
  float[] unit(int row) {
    int offset = table.offset(row);
    float[] matrix = table.rows(row, 1, new float[stride]);
    float scale = scale(row, matrix, offset);
    float[] unit = Arrays.copyOfRange(matrix, offset, offset + stride);
    for (int d = 0; d < stride; d++) {
      unit[d] *= scale;
    }
    return unit;
  }

  /** The direction of b − a + c, each of length 1: {@code [stride]}, of length 1. */
  float[] analogy(int a, int b, int c) {
    float[] query = unit(b);
    float[] minus = unit(a);
    float[] plus = unit(c);
    for (int d = 0; d < stride; d++) {
      query[d] += plus[d] - minus[d];
    }
    normalise(query);
    return query;
  }

  /** The cosine of a row with a vector of length 1. */
  float score(float[] unit, int row) {
    float[] score = new float[1];
    float[] matrix = table.rows(row, 1, new float[stride]);
    int offset = table.offset(row);
    kernel.dots(unit, 0, stride, matrix, new int[] {offset}, 1, score);
    return score[0] * scale(row, matrix, offset);
  }

  double cosine(int row, int other) {
    return score(unit(row), other);
  }
}
