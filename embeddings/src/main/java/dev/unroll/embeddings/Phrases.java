package dev.unroll.embeddings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds pairs of words that stand together more often than their frequencies let expect, and joins
 * them: {@code new york} becomes {@code new_york}. As word2phrase does (Mikolov et al. 2013,
 * "Distributed Representations of Words and Phrases", equation 6): a pair is joined if {@code
 * (count(ab) − minCount) / (count(a) · count(b)) · words} is above a threshold; from the left, and
 * a joined word is in no second pair. Applied again, it finds longer phrases.
 */
public final class Phrases {
  private static final char JOINT = '_';

  private final Map<String, Word> words = new HashMap<>();
  private final PairCounts pairs = new PairCounts();
  private final int minCount;
  private final double threshold;
  private long total;

  private static final class Word {
    private final int number;
    private long count;

    private Word(int number) {
      this.number = number;
    }
  }

  private Phrases(int minCount, double threshold) {
    this.minCount = minCount;
    this.threshold = threshold;
  }

  /**
   * Counts words and pairs of a text.
   *
   * @param minCount words and pairs seen less often are never joined; word2phrase takes 5
   * @param threshold of the score above which a pair is joined; word2phrase takes 100
   */
  public static Phrases learn(SentenceReader reader, int minCount, double threshold) {
    Phrases phrases = new Phrases(minCount, threshold);
    reader.read(phrases::count);
    return phrases;
  }

  private void count(Sentence sentence) {
    Word previous = null;
    for (String text : sentence.words()) {
      Word word = words.get(text);
      if (word == null) {
        word = new Word(words.size());
        words.put(text, word);
      }
      word.count++;
      total++;
      if (previous != null) {
        pairs.increment(previous.number, word.number);
      }
      previous = word;
    }
  }

  /** What decides whether two words are joined; negative for a pair that is rare or unknown. */
  public double score(String first, String second) {
    Word a = words.get(first);
    Word b = words.get(second);
    if (a == null || b == null || a.count < minCount || b.count < minCount) {
      return -1;
    }
    double together = pairs.count(a.number, b.number) - (double) minCount;
    return together / a.count / b.count * total;
  }

  /** The sentence with its phrases joined. */
  public Sentence join(Sentence sentence) {
    List<String> joined = new ArrayList<>();
    List<String> source = sentence.words();
    for (int i = 0; i < source.size(); i++) {
      if (i + 1 < source.size() && score(source.get(i), source.get(i + 1)) > threshold) {
        joined.add(source.get(i) + JOINT + source.get(++i));
      } else {
        joined.add(source.get(i));
      }
    }
    return new Sentence(joined);
  }
}
