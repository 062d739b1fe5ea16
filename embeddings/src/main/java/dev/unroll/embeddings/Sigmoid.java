package dev.unroll.embeddings;

/**
 * The logistic function by table. As in word2vec, beyond ±6 it is 1 or 0: there the gradient of a
 * settled pair vanishes.
 */
final class Sigmoid {
  static final float LIMIT = 6;

  /** Twelve units wide: the error stays below 1/(4·2·STEPS_PER_UNIT) ≈ 2.5e-4. */
  private static final int STEPS_PER_UNIT = 512;

  /** One more than there are cells: the sum below may round up to the limit. */
  private static final float[] TABLE = new float[(int) (2 * LIMIT) * STEPS_PER_UNIT + 1];

  static {
    for (int i = 0; i < TABLE.length; i++) {
      double x = (i + 0.5) / STEPS_PER_UNIT - LIMIT; // the middle of the cell
      TABLE[i] = (float) (1 / (1 + Math.exp(-x)));
    }
  }

  private Sigmoid() {}

  static float of(float x) {
    if (x >= LIMIT) {
      return 1;
    }
    if (x <= -LIMIT) {
      return 0;
    }
    return TABLE[(int) ((x + LIMIT) * STEPS_PER_UNIT)];
  }
}
