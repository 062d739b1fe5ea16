package dev.unroll.embeddings;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds pairs of words that stand together more often than their frequencies let expect, and joins
 * them: {@code new york} becomes {@code new_york}. As word2phrase does (Mikolov et al. 2013,
 * "Distributed Representations of Words and Phrases", equation 6): a pair is joined if {@code
 * (count(ab) − minCount) / (count(a) · count(b)) · words} is above a threshold; from the left, and
 * a joined word is in no second pair. Applied again, it finds longer phrases.
 */
public final class Phrases {
  private static final char JOINT = '_';

  private final WordCounts words = new WordCounts();
  private final PairCounts pairs = new PairCounts();
  private final int minCount;
  private final double threshold;
  private long total;

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
    int previous = -1;
    for (String text : sentence.words()) {
      int word = words.add(text);
      total++;
      if (previous >= 0) {
        pairs.increment(previous, word);
      }
      previous = word;
    }
  }

  /** What decides whether two words are joined; negative for a pair that is rare or unknown. */
  public double score(String first, String second) {
    int a = words.number(first);
    int b = words.number(second);
    if (a < 0 || b < 0 || words.count(a) < minCount || words.count(b) < minCount) {
      return -1;
    }
    double together = pairs.count(a, b) - (double) minCount;
    return together / words.count(a) / words.count(b) * total;
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
