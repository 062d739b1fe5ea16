package dev.unroll.text;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Hashes words so that nobody can write a file in which they all meet: a polynomial of the bytes
 * modulo the prime 2⁶¹ − 1 at a random place (Carter and Wegman 1979, "Universal Classes of Hash
 * Functions"). Two different words of n bytes have the same hash with a probability of at most n /
 * 2⁶¹, whichever they are. A hash is of use as long as its object.
 */
final class WordHash {
  private static final long PRIME = (1L << 61) - 1;

  private final long place = ThreadLocalRandom.current().nextLong(1L << 32, PRIME);

  /** The hash of a word that begins with this byte, or goes on with it. */
  long next(long hash, byte b) {
    long sum = hash + (b & 0xff) + 1; // so that a word is no other one with zeros before it
    long high = Math.multiplyHigh(sum, place);
    long low = sum * place;
    long reduced = (low & PRIME) + (high << 3 | low >>> 61);
    return reduced >= PRIME ? reduced - PRIME : reduced;
  }

  long of(byte[] word) {
    long hash = 0;
    for (byte b : word) {
      hash = next(hash, b);
    }
    return hash;
  }

  /**
   * A place in a table of a power of two of slots. The polynomial keeps the order that is in the
   * words {@code 1}, {@code 2} and so on, which would lie side by side; the last step of
   * MurmurHash3 (Appleby 2011, {@code fmix64}) breaks it.
   */
  static int slot(long hash, int slots) {
    long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return (int) (mixed ^ mixed >>> 33) & slots - 1;
  }
}
