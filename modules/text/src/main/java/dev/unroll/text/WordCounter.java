package dev.unroll.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts words and makes a vocabulary of those that are frequent enough.
 *
 * <p>Where there may be too many for memory, the rarest are forgotten now and then, as word2vec
 * does: those met once so far when there are too many for the first time, those met twice or less
 * the next time, and so on. A word that comes again after that is counted from 1.
 */
public final class WordCounter {
  private final Map<String, long[]> counts = new HashMap<>();
  private final int most;
  private long rare;
  private long forgotten;

  /** Nothing counted yet; all words will be remembered. */
  public WordCounter() {
    this(Integer.MAX_VALUE);
  }

  /**
   * Nothing counted yet.
   *
   * @param most different words that are remembered, at least 1; some 120 bytes each
   */
  public WordCounter(int most) {
    this.most = most;
  }

  /** Counts one occurrence. */
  public WordCounter add(String word) {
    return add(word, 1);
  }

  /** Counts several occurrences. */
  public WordCounter add(String word, long occurrences) {
    counts.computeIfAbsent(word, w -> new long[1])[0] += occurrences;
    if (counts.size() > most) {
      forgetRare();
    }
    return this;
  }

  /** Until a quarter is free, for it takes a look at every word. */
  private void forgetRare() {
    while (counts.size() > most / 4 * 3L) {
      rare++;
      counts
          .values()
          .removeIf(
              count -> {
                forgotten += count[0] <= rare ? count[0] : 0;
                return count[0] <= rare;
              });
    }
  }

  /** Counts one occurrence of each. */
  public WordCounter addAll(Collection<String> words) {
    words.forEach(this::add);
    return this;
  }

  /**
   * The vocabulary of the most frequent words.
   *
   * @param minCount how often a word must have occurred, at least 1
   * @param maxSize most words to keep, {@link Vocabulary#UNKNOWN} not counted
   */
  public Vocabulary build(long minCount, int maxSize) {
    return build(minCount, maxSize, List.of());
  }

  /**
   * The vocabulary of special symbols and the most frequent words.
   *
   * @param minCount how often a word must have occurred, at least 1
   * @param maxSize most words to keep, {@link Vocabulary#UNKNOWN} and special symbols not counted
   * @param specials such as {@link Vocabulary#BEGIN} and {@link Vocabulary#END}, in the order of
   *     their numbers
   */
  public Vocabulary build(long minCount, int maxSize, List<String> specials) {
    if (minCount < 1 || maxSize < 0) {
      throw new IllegalArgumentException("minCount " + minCount + ", maxSize " + maxSize);
    }
    Map<String, Long> kept = new LinkedHashMap<>();
    kept.put(Vocabulary.UNKNOWN, 0L);
    specials.forEach(symbol -> kept.put(symbol, 0L));
    Set<String> reserved = Set.copyOf(kept.keySet());
    long dropped = forgotten;
    for (Map.Entry<String, long[]> entry : sorted()) {
      long count = entry.getValue()[0];
      boolean keep =
          count >= minCount
              && kept.size() - reserved.size() < maxSize
              && !reserved.contains(entry.getKey());
      if (keep) {
        kept.put(entry.getKey(), count);
      } else {
        dropped += count;
      }
    }
    kept.put(Vocabulary.UNKNOWN, dropped);
    return Vocabulary.of(kept, reserved.size() - 1);
  }

  private List<Map.Entry<String, long[]>> sorted() {
    Comparator<Map.Entry<String, long[]>> byCount =
        Comparator.comparingLong(entry -> -entry.getValue()[0]);
    return counts.entrySet().stream()
        .sorted(byCount.thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }
}
