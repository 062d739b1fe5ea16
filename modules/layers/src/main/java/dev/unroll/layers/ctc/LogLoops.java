package dev.unroll.layers.ctc;

/**
 * The arithmetic of {@link FloatCtc} over the first values of arrays. Loops are short and have the
 * same index into every array, as {@link dev.unroll.layers.memory.VectorExp} tells why.
 */
final class LogLoops {
  /** Middle of the range of sums, for the series of the logarithm. */
  private static final float ROOT = 1.7320508f;

  private static final float LOG_ROOT = 0.54930614f;

  private LogLoops() {}

  static void add(float[] from, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] += from[i];
    }
  }

  static void subtract(float[] what, float[] from, int count) {
    for (int i = 0; i < count; i++) {
      from[i] -= what[i];
    }
  }

  static void larger(float[] x, float[] y, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.max(x[i], y[i]);
    }
  }

  static void sum(float[] x, float[] y, float[] z, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = x[i] + y[i] + z[i];
    }
  }

  /** Of values from 1 to 3, by the series of {@code 2 artanh}; the error is below 2e-7. */
  static void logarithms(float[] x, int count) {
    for (int i = 0; i < count; i++) {
      float r = (x[i] - ROOT) / (x[i] + ROOT);
      float q = r * r;
      x[i] = (((2f / 9 * q + 2f / 7) * q + 2f / 5) * q + 2f / 3) * q * r + 2 * r + LOG_ROOT;
    }
  }
}
