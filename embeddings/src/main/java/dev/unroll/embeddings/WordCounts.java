package dev.unroll.embeddings;

import dev.unroll.data.UserError;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How often words were met, numbered from 0 in the order in which they first came. A hash table
 * with open addressing whose words lie as UTF-8 one behind the other: some 30 bytes a word, a
 * quarter of what a map of objects takes, and nothing for the garbage collector to walk. A text has
 * many more words than those that get a vector.
 */
final class WordCounts {
  private static final int FREE = -1;

  /** The longest array that every Java machine can make. */
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private int[] slots = new int[1 << 12]; // the number of a word, or FREE
  private int[] hashes = new int[1 << 11]; // by number, as are counts and ends
  private long[] counts = new long[hashes.length];
  private int[] ends = new int[hashes.length]; // of the word, in letters
  private byte[] letters = new byte[1 << 14];
  private int size;

  WordCounts() {
    Arrays.fill(slots, FREE);
  }

  /** The number of different words. */
  int size() {
    return size;
  }

  /** Counts a word once more, and returns its number. */
  int add(String word) {
    byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
    int hash = word.hashCode();
    int slot = slot(hash, utf8);
    int number = slots[slot];
    if (number == FREE) {
      number = append(hash, utf8);
      slots[slot] = number;
      if (size > slots.length / 2) {
        rehash();
      }
    }
    counts[number]++;
    return number;
  }

  /** The number of a word, or -1 if it was never met. */
  int number(String word) {
    return slots[slot(word.hashCode(), word.getBytes(StandardCharsets.UTF_8))];
  }

  /** How often the word of that number was met. */
  long count(int number) {
    return counts[number];
  }

  /** The word of that number. */
  String word(int number) {
    int begin = begin(number);
    return new String(letters, begin, ends[number] - begin, StandardCharsets.UTF_8);
  }

  private int begin(int number) {
    return number == 0 ? 0 : ends[number - 1];
  }

  /** Where the word is, or the free slot where it belongs. */
  private int slot(int hash, byte[] utf8) {
    int mask = slots.length - 1;
    int slot = spread(hash) & mask;
    while (slots[slot] != FREE && !is(slots[slot], hash, utf8)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private static int spread(int hash) {
    int product = hash * 0x9E3779B9;
    return product ^ product >>> 15;
  }

  private boolean is(int number, int hash, byte[] utf8) {
    return hashes[number] == hash
        && Arrays.equals(letters, begin(number), ends[number], utf8, 0, utf8.length);
  }

  private int append(int hash, byte[] utf8) {
    int begin = begin(size);
    long end = (long) begin + utf8.length;
    if (end > LARGEST_ARRAY || size == 1 << 29) {
      throw UserError.failed(
          "the text has more than " + size + " different words; train on a part of it", null);
    }
    if (end > letters.length) {
      letters = Arrays.copyOf(letters, grown(letters.length, (int) end));
    }
    if (size == hashes.length) {
      int capacity = grown(size, size + 1);
      hashes = Arrays.copyOf(hashes, capacity);
      counts = Arrays.copyOf(counts, capacity);
      ends = Arrays.copyOf(ends, capacity);
    }
    System.arraycopy(utf8, 0, letters, begin, utf8.length);
    hashes[size] = hash;
    ends[size] = (int) end;
    return size++;
  }

  private static int grown(int length, int needed) {
    return (int) Math.min(LARGEST_ARRAY, Math.max(needed, length * 3L / 2));
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    Arrays.fill(slots, FREE);
    int mask = slots.length - 1;
    for (int number = 0; number < size; number++) {
      int slot = spread(hashes[number]) & mask;
      while (slots[slot] != FREE) {
        slot = slot + 1 & mask;
      }
      slots[slot] = number;
    }
  }
}
