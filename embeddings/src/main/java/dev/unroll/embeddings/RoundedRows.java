package dev.unroll.embeddings;

import java.util.Arrays;

/**
 * Rows scaled to length 1 and rounded to 16 bits, half of what floats take: a search of all rows
 * waits for memory, and half is read in half the time. What rounding can do to a cosine is known
 * ({@link #error}), so the few rows that may be among the best are found without a doubt, and
 * scored again from the floats.
 *
 * <p>Rows lie in blocks, and in a block numbers of the same two dimensions lie together, so that
 * the loop over them is the one that Java's compiler turns into multiplications of 16-bit pairs:
 *
 * <pre>
 *   dimensions 0, 1:  row 0, row 0, row 1, row 1, … row 511, row 511
 *   dimensions 2, 3:  row 0, row 0, …
 * </pre>
 */
final class RoundedRows {
  /** Rows of a block. */
  static final int BLOCK = 512;

  /**
   * What 1 becomes. By the inequality of Cauchy and Schwarz neither a cosine nor a part of its sum
   * is beyond the square of it and a little more, which an int holds.
   */
  private static final float ONE = 32_000;

  /** More than the rounding of floats adds to a cosine. */
  private static final double OF_FLOATS = 1e-5;

  private final int pairs; // of dimensions
  private final short[][] blocks;

  /**
   * {@link #BLOCK}, but not as a constant: of a loop that is known to run so often, Java 17 may
   * make code without vector instructions, which takes six times as long.
   */
  private final int count;

  /**
   * Rounds all rows of a table.
   *
   * @param scales the reciprocal length of each row
   */
  RoundedRows(VectorTable table, float[] scales) {
    count = BLOCK;
    pairs = (table.dimensions + 1) / 2;
    blocks = new short[(table.size() + BLOCK - 1) / BLOCK][];
    Parallel.forEach(blocks.length, block -> blocks[block] = round(table, scales, block));
  }

  /** The bytes that it takes. */
  static long bytes(VectorTable table) {
    return (long) table.size() * (table.dimensions + 1) * Short.BYTES;
  }

  private short[] round(VectorTable table, float[] scales, int block) {
    short[] rounded = new short[2 * pairs * BLOCK];
    float[] scratch = new float[table.stride];
    int first = block * BLOCK;
    for (int i = 0; i < Math.min(BLOCK, table.size() - first); i++) {
      float[] matrix = table.rows(first + i, 1, scratch);
      int offset = table.offset(first + i);
      for (int d = 0; d < table.dimensions; d++) {
        rounded[(d / 2 * BLOCK + i) * 2 + d % 2] = round(matrix[offset + d] * scales[first + i]);
      }
    }
    return rounded;
  }

  private static short round(float value) {
    return (short) Math.round(value * ONE);
  }

  /**
   * The most by which {@link #cosine} of a score is beside the cosine. A rounded vector is at most
   * half a unit a dimension, e = √dimensions / 2 / ONE, from the vector; so the product of two is
   * at most e + e · (1 + e) from theirs.
   */
  double error() {
    double e = Math.sqrt(2 * pairs) / 2 / ONE;
    return e * (2 + e) + OF_FLOATS;
  }

  int blocks() {
    return blocks.length;
  }

  /**
   * A vector of length 1 as {@link #scores} takes it: rounded, and each pair repeated for all rows
   * of a block.
   */
  short[] query(float[] unit) {
    short[] query = new short[2 * pairs * BLOCK];
    for (int pair = 0; pair < pairs; pair++) {
      short even = round(unit[2 * pair]);
      short odd = 2 * pair + 1 < unit.length ? round(unit[2 * pair + 1]) : 0;
      for (int i = pair * BLOCK; i < (pair + 1) * BLOCK; i++) {
        query[2 * i] = even;
        query[2 * i + 1] = odd;
      }
    }
    return query;
  }

  /**
   * {@code scores[i] = query · row(block · BLOCK + i)}; beyond the last row zero.
   *
   * @param scores {@code [BLOCK]}
   */
  void scores(int block, short[] query, int[] scores) {
    Arrays.fill(scores, 0);
    for (int pair = 0; pair < pairs; pair++) {
      addProducts(scores, blocks[block], query, pair * 2 * BLOCK);
    }
  }

  /** In the form that the compiler knows as vpmaddwd. */
  private void addProducts(int[] sums, short[] x, short[] y, int begin) {
    for (int i = 0; i < count; i++) {
      sums[i] += x[begin + 2 * i] * y[begin + 2 * i] + x[begin + 2 * i + 1] * y[begin + 2 * i + 1];
    }
  }

  /** The cosine that a score stands for. */
  static double cosine(int score) {
    return score / ((double) ONE * ONE);
  }

  /** The score that a cosine has at least. */
  static int score(double cosine) {
    return (int) Math.floor(cosine * ONE * ONE);
  }
}
