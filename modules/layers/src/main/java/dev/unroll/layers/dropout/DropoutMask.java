package dev.unroll.layers.dropout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * The factors of one iteration of {@link SequenceDropout}: 0 for what is dropped, 1 / (1 - rate)
 * for what is kept. Element {@code (t * batch + b) * features + f} is feature f of example b at
 * step t.
 *
 * <p>Each factor is a hash of its number: two rounds of a mixing function of 32 bits
 * (multiplications and shifts with constants found by C. Wellons' search for low bias,
 * "lowbias32"), keyed by 64 bits from seed and iteration. Loops over {@code int[]} without branches
 * are what the compiler vectorises; hence the bits of the factor are selected as an integer, and
 * the numbers are read from an array: a loop that computes with its own counter stays as it is
 * before Java 20.
 */
final class DropoutMask {
  private final int key0;
  private final int key1;

  /** Hashes, shifted to 31 bits, from here on are kept. */
  private final int threshold;

  private final int keptBits;

  /** 0, 1, 2, … */
  private final int[] places;

  private final int[] bits;
  private final IntBuffer asInts;
  private final FloatBuffer asFloats;

  /**
   * The factors of one iteration. One instance serves one thread.
   *
   * @param capacity most factors that are asked for at once
   */
  DropoutMask(DropoutKey key, int capacity) {
    key0 = key.low();
    key1 = key.high();
    threshold = key.threshold();
    keptBits = Float.floatToRawIntBits(key.factor());
    places = new int[capacity];
    Arrays.setAll(places, i -> i);
    bits = new int[capacity];
    ByteBuffer bytes = ByteBuffer.allocate(capacity * Float.BYTES).order(ByteOrder.nativeOrder());
    asInts = bytes.asIntBuffer();
    asFloats = bytes.asFloatBuffer();
  }

  /** Sets elements 0 to {@code length - 1} to the factors of the elements from {@code start} on. */
  void fill(float[] factors, int start, int length) {
    hash(start, length);
    asInts.put(0, bits, 0, length);
    asFloats.get(0, factors, 0, length);
  }

  private void hash(int first, int length) {
    for (int i = 0; i < length; i++) {
      int x = mix(mix((first + places[i]) ^ key0) + key1);
      int dropped = ((x >>> 1) - threshold) >> 31;
      bits[i] = keptBits & ~dropped;
    }
  }

  private static int mix(int value) {
    int x = value;
    x ^= x >>> 16;
    x *= 0x7feb352d;
    x ^= x >>> 15;
    x *= 0x846ca68b;
    x ^= x >>> 16;
    return x;
  }
}
