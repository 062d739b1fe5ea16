package dev.unroll.layers.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * The exponential function of many floats that are not positive, about ten times as fast as {@code
 * Math.exp}, with a relative error below 2e-7. One instance serves one thread.
 *
 * <p>{@code exp(x) = 2ⁿ exp(r)} with the whole number n nearest to {@code x / ln 2}, and the Taylor
 * polynomial of degree 7 for {@code |r| ≤ ln 2 / 2}, whose first missing term is below 6e-9. Every
 * loop is one the compiler vectorises; it does not where a loop converts between int and float, so
 * n is read off the bits of a float to which it was added.
 */
public final class VectorExp {
  /** Adding 1.5 · 2²³ rounds to a whole number, which then stands in the lowest bits. */
  private static final float ROUND = 12_582_912f;

  private static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);
  private static final int EXPONENT_BIAS = 127;
  private static final int MANTISSA_BITS = 23;

  /** Below this the result would not be a normal number; it becomes 1e-38, for softmax nothing. */
  private static final float LOWEST = -87;

  private static final float LOG2_E = 1.442695041f;

  /** ln 2 in two parts; n times the first is exact. */
  private static final float LN2_HIGH = 0.693359375f;

  private static final float LN2_LOW = -2.12194440e-4f;

  private static final int CHUNK = 1024;

  private final float[] rounded = new float[CHUNK];
  private final float[] power = new float[CHUNK];
  private final int[] bits = new int[CHUNK];
  private final FloatBuffer asFloats;
  private final IntBuffer asInts;

  /** One for a thread. */
  public VectorExp() {
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.nativeOrder());
    asFloats = bytes.asFloatBuffer();
    asInts = bytes.asIntBuffer();
  }

  /**
   * Replaces {@code length} values from {@code offset} on, each at most 0, by their exponentials.
   */
  public void apply(float[] values, int offset, int length) {
    for (int from = 0; from < length; from += CHUNK) {
      chunk(values, offset + from, Math.min(CHUNK, length - from));
    }
  }

  private void chunk(float[] x, int offset, int length) {
    for (int i = 0; i < length; i++) {
      rounded[i] = Math.max(x[offset + i], LOWEST) * LOG2_E + ROUND;
    }
    asFloats.put(0, rounded, 0, length);
    asInts.get(0, bits, 0, length);
    for (int i = 0; i < length; i++) {
      bits[i] = (bits[i] - ROUND_BITS + EXPONENT_BIAS) << MANTISSA_BITS;
    }
    asInts.put(0, bits, 0, length);
    asFloats.get(0, power, 0, length);
    for (int i = 0; i < length; i++) {
      float n = rounded[i] - ROUND;
      float r = Math.max(x[offset + i], LOWEST) - n * LN2_HIGH - n * LN2_LOW;
      float p = 1f / 5040 * r + 1f / 720;
      p = p * r + 1f / 120;
      p = p * r + 1f / 24;
      p = p * r + 1f / 6;
      p = p * r + 0.5f;
      p = p * r + 1;
      x[offset + i] = (p * r + 1) * power[i];
    }
  }
}
