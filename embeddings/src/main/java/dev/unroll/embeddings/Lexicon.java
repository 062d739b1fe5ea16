package dev.unroll.embeddings;

import java.util.HashSet;
import java.util.List;

/**
 * The words that get vectors, the most frequent first, and how often each was seen. Words of equal
 * frequency stand in the order in which they first occurred.
 */
public final class Lexicon {
  private final List<String> words;
  private final long[] counts;
  private final long total;

  /**
   * @param words different words by falling count
   * @param counts how often each was seen
   */
  public Lexicon(List<String> words, long[] counts) {
    if (words.size() != counts.length) {
      throw new IllegalArgumentException(words.size() + " words with " + counts.length + " counts");
    }
    this.words = List.copyOf(words);
    this.counts = counts.clone();
    if (new HashSet<>(this.words).size() < counts.length) {
      throw new IllegalArgumentException("a word is given twice");
    }
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < 1 || i > 0 && counts[i] > counts[i - 1]) {
        throw new IllegalArgumentException("counts must fall and stay positive: " + counts[i]);
      }
      sum += counts[i];
    }
    this.total = sum;
  }

  /** The number of words. */
  public int size() {
    return counts.length;
  }

  /** All words in their order. */
  public List<String> words() {
    return words;
  }

  /** The word at an index. */
  public String word(int index) {
    return words.get(index);
  }

  /** How often the word at an index was seen. */
  public long count(int index) {
    return counts[index];
  }

  /** How often all words were seen together. */
  public long total() {
    return total;
  }
}
