package dev.unroll.layers.pooling;

import java.util.Arrays;

/**
 * The largest value of each feature over the steps of one sequence, and the first step that has it.
 *
 * <p>A loop that keeps one of two values becomes vector instructions only without a branch: the
 * choice is made with bits, of floats taken as integers in the same order. A not-a-number is as
 * large as its sign and bits make it, so that one with a positive sign is never lost.
 */
final class Maxima {
  private static final int MAGNITUDE = Integer.MAX_VALUE;

  private final int[] largest;
  private final int[] steps;

  /** Of a sequence without any step so far. */
  Maxima(int features) {
    largest = new int[features];
    Arrays.fill(largest, Integer.MIN_VALUE);
    steps = new int[features];
  }

  /**
   * Takes a step.
   *
   * @param bits its features as {@link Float#floatToRawIntBits} has them; overwritten
   */
  void take(int[] bits, int step) {
    for (int f = 0; f < bits.length; f++) {
      bits[f] = ordered(bits[f]);
    }
    for (int f = 0; f < steps.length; f++) {
      steps[f] ^= (steps[f] ^ step) & less(largest[f], bits[f]);
    }
    for (int f = 0; f < largest.length; f++) {
      largest[f] ^= (largest[f] ^ bits[f]) & less(largest[f], bits[f]);
    }
  }

  /** Among negative floats the one with the larger bits is the smaller one. Its own inverse. */
  private static int ordered(int bits) {
    return bits ^ (bits >> 31) & MAGNITUDE;
  }

  /** All bits set if {@code a < b}, none otherwise; the difference alone may overflow. */
  private static int less(int a, int b) {
    int difference = a - b;
    return (difference ^ ((a ^ b) & (difference ^ a))) >> 31;
  }

  /** Writes the largest values of the features, from element {@code at} on. */
  void values(float[] to, int at) {
    for (int f = 0; f < largest.length; f++) {
      to[at + f] = Float.intBitsToFloat(ordered(largest[f]));
    }
  }

  /** Writes the first steps that have them. */
  void steps(int[] to, int at) {
    System.arraycopy(steps, 0, to, at, steps.length);
  }
}
