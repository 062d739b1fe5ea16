package dev.unroll.embeddings;

import java.util.Arrays;

/** How often pairs of numbers were met: a hash table with open addressing, 12 bytes a slot. */
final class PairCounts {
  private static final long FREE = -1;

  private long[] keys = new long[1 << 16];
  private int[] counts = new int[keys.length];
  private int used;

  PairCounts() {
    Arrays.fill(keys, FREE);
  }

  /** Counts a pair of numbers from 0. */
  void increment(int first, int second) {
    long key = (long) first << 32 | second;
    int slot = slot(key);
    if (keys[slot] == FREE) {
      keys[slot] = key;
      used++;
    }
    counts[slot]++;
    if (used > keys.length / 2) {
      grow();
    }
  }

  int count(int first, int second) {
    return counts[slot((long) first << 32 | second)];
  }

  /** Where the key is, or the free place where it belongs. */
  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 32) & mask;
    while (keys[slot] != FREE && keys[slot] != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldCounts = counts;
    keys = new long[2 * oldKeys.length];
    counts = new int[keys.length];
    Arrays.fill(keys, FREE);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != FREE) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        counts[slot] = oldCounts[i];
      }
    }
  }
}
