package dev.unroll.layers.memory;

/**
 * Activation functions over arrays, written so that the compiler turns them into vector
 * instructions; {@link Math#tanh} and {@link Math#exp} it calls one by one, twenty times slower.
 *
 * <p>The hyperbolic tangent is J. H. Lambert's continued fraction of 1768, {@code x / (1 + x² / (3
 * + x² / (5 + ...)))}, cut off at the thirteenth denominator and multiplied out to a quotient of
 * two polynomials in {@code x²}. All terms are positive, so nothing cancels; the error is below
 * 4e-7.
 */
public final class Activations {
  private static final int DEPTH = 13;

  /** Beyond, the tangent is one to the last bit but one. */
  private static final float LARGEST = 8.5f;

  private static final float P1;
  private static final float P2;
  private static final float P3;
  private static final float P4;
  private static final float P5;
  private static final float P6;
  private static final float Q1;
  private static final float Q2;
  private static final float Q3;
  private static final float Q4;
  private static final float Q5;
  private static final float Q6;

  static {
    double[] numerator = {1};
    double[] denominator = {2 * DEPTH - 1};
    for (int odd = 2 * DEPTH - 3; odd > 0; odd -= 2) {
      double[] next = new double[DEPTH / 2 + 1];
      for (int i = 0; i < denominator.length; i++) {
        next[i] += odd * denominator[i];
      }
      for (int i = 0; i < numerator.length && i + 1 < next.length; i++) {
        next[i + 1] += numerator[i];
      }
      numerator = denominator;
      denominator = next;
    }
    double scale = denominator[0];
    P1 = (float) (numerator[1] / scale);
    P2 = (float) (numerator[2] / scale);
    P3 = (float) (numerator[3] / scale);
    P4 = (float) (numerator[4] / scale);
    P5 = (float) (numerator[5] / scale);
    P6 = (float) (numerator[6] / scale);
    Q1 = (float) (denominator[1] / scale);
    Q2 = (float) (denominator[2] / scale);
    Q3 = (float) (denominator[3] / scale);
    Q4 = (float) (denominator[4] / scale);
    Q5 = (float) (denominator[5] / scale);
    Q6 = (float) (denominator[6] / scale);
  }

  private Activations() {}

  /** The hyperbolic tangent. */
  public static float tanh(float z) {
    float x = Math.max(-LARGEST, Math.min(LARGEST, z));
    float y = x * x;
    float p = (((((P6 * y + P5) * y + P4) * y + P3) * y + P2) * y + P1) * y + 1;
    float q = (((((Q6 * y + Q5) * y + Q4) * y + Q3) * y + Q2) * y + Q1) * y + 1;
    return x * p / q;
  }

  /** {@code z[i] = tanh(z[i] + bias[i])} for some neighbours. */
  public static void tanh(float[] z, int from, float[] bias, int biasFrom, int count) {
    add(z, from, bias, biasFrom, count);
    tanh(z, from, from + count);
  }

  /** {@code z[i] = tanh(z[i] + bias[i])} for all values. */
  public static void tanh(float[] z, float[] bias) {
    add(z, bias);
    tanh(z, 0, z.length);
  }

  /** {@code to[i] = tanh(from[i])} for the first values. */
  public static void tanh(float[] from, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = tanh(from[i]);
    }
  }

  /** {@code z[i] = σ(z[i] + bias[i])} for some neighbours. */
  public static void sigmoid(float[] z, int from, float[] bias, int biasFrom, int count) {
    add(z, from, bias, biasFrom, count);
    sigmoid(z, from, from + count);
  }

  // A loop of its own: together with the activation, the compiler gives up on vectors, and an
  // element takes ten times as long. With one index for both arrays, it takes a quarter as long.
  private static void add(float[] z, float[] bias) {
    for (int i = 0; i < z.length; i++) {
      z[i] += bias[i];
    }
  }

  private static void add(float[] z, int from, float[] bias, int biasFrom, int count) {
    for (int i = 0; i < count; i++) {
      z[from + i] += bias[biasFrom + i];
    }
  }

  private static void tanh(float[] z, int from, int to) {
    for (int i = from; i < to; i++) {
      z[i] = tanh(z[i]);
    }
  }

  private static void sigmoid(float[] z, int from, int to) {
    for (int i = from; i < to; i++) {
      z[i] = 0.5f * tanh(0.5f * z[i]) + 0.5f;
    }
  }
}
