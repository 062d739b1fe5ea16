package dev.unroll.text.subwords;

import java.util.Arrays;

/** Pairs of symbols and their numbers, in the order in which they were met; a hash table. */
final class PairTable {
  static final int NONE = -1;

  private long[] pairs = new long[64];
  private int size;

  /**
   * The number of a pair plus one, or 0; twice as long as {@link #pairs}, so half of it is free.
   */
  private int[] slots = new int[2 * pairs.length];

  int first(int number) {
    return (int) (pairs[number] >> 32);
  }

  int second(int number) {
    return (int) pairs[number];
  }

  /** The number of a pair, or {@link #NONE}; none has a negative symbol. */
  int find(int first, int second) {
    return slots[slot(key(first, second))] - 1;
  }

  /** The number of a pair, a new one if it has none. */
  int number(int first, int second) {
    long key = key(first, second);
    int slot = slot(key);
    if (slots[slot] > 0) {
      return slots[slot] - 1;
    }
    if (size == pairs.length) {
      grow();
      slot = slot(key);
    }
    pairs[size++] = key;
    slots[slot] = size;
    return size - 1;
  }

  private void grow() {
    pairs = Arrays.copyOf(pairs, Math.multiplyExact(2, size));
    slots = new int[Math.multiplyExact(2, pairs.length)];
    for (int number = 0; number < size; number++) {
      slots[slot(pairs[number])] = number + 1;
    }
  }

  private static long key(int first, int second) {
    return (long) first << 32 | second & 0xffffffffL;
  }

  /** Where that pair is, or else would be. */
  private int slot(long key) {
    int mask = slots.length - 1;
    int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 32) & mask;
    while (slots[slot] > 0 && pairs[slots[slot] - 1] != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }
}
