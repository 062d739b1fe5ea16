package dev.unroll.layers.dropout;

/**
 * What the factors of one iteration of {@link SequenceDropout} follow from. Element i has the hash
 * {@code x = mix(mix(i ^ low) + high)}; it is dropped if {@code x >>> 1} is below the threshold.
 *
 * @param low 32 bits of a key
 * @param high the other 32
 * @param threshold the share of 2³¹ that is dropped
 * @param factor of what is kept
 */
public record DropoutKey(int low, int high, int threshold, float factor) {

  static DropoutKey of(double rate, long seed, int iteration) {
    long key = mix64(mix64(seed) + iteration);
    return new DropoutKey(
        (int) key,
        (int) (key >>> Integer.SIZE),
        (int) Math.round(rate * (1L << 31)),
        (float) (1 / (1 - rate)));
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014), after its increment. */
  private static long mix64(long value) {
    long x = value + 0x9e3779b97f4a7c15L;
    x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }
}
