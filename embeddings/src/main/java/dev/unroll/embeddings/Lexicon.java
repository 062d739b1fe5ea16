package dev.unroll.embeddings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words that get vectors, the most frequent first, and how often each was seen. Words of equal
 * frequency stand in the order in which they first occurred.
 */
public final class Lexicon {
  private final List<String> words;
  private final long[] counts;
  private final long total;
  private final Map<String, Integer> indices;

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
    this.indices = new HashMap<>(words.size() * 4 / 3 + 1);
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < 1 || i > 0 && counts[i] > counts[i - 1]) {
        throw new IllegalArgumentException("counts must fall and stay positive: " + counts[i]);
      }
      if (indices.put(this.words.get(i), i) != null) {
        throw new IllegalArgumentException("word given twice: " + this.words.get(i));
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

  /** The index of a word, or -1 if it has none. */
  public int index(String word) {
    return indices.getOrDefault(word, -1);
  }
}
