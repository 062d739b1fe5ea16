package dev.unroll.text.subwords;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Merges the most frequent pair of symbols, again and again. Each step looks at the words that have
 * the pair in them only.
 */
final class BytePairLearner {
  private final Symbols symbols = new Symbols();
  private final PairTable table = new PairTable();
  private final PairStatistics statistics = new PairStatistics(table, symbols);
  private final Occurrences occurrences = new Occurrences();
  private final int[][] words;
  private final long[] counts;

  BytePairLearner(Map<String, Long> wordCounts) {
    words = new int[wordCounts.size()][];
    counts = new long[wordCounts.size()];
    int word = 0;
    for (Map.Entry<String, Long> entry : wordCounts.entrySet()) {
      words[word] = spell(entry.getKey());
      counts[word] = entry.getValue();
      word++;
    }
  }

  /** The characters of a word, the last with its mark. */
  private int[] spell(String word) {
    int[] characters = word.codePoints().toArray();
    int[] spelled = new int[characters.length];
    for (int i = 0; i < spelled.length; i++) {
      String character = Character.toString(characters[i]);
      spelled[i] = symbols.number(i + 1 < spelled.length ? character : character + Merge.END);
    }
    return spelled;
  }

  List<Merge> learn(int merges, long minFrequency) {
    for (int word = 0; word < words.length; word++) {
      int[] symbolsOfWord = words[word];
      for (int i = 0; i + 1 < symbolsOfWord.length; i++) {
        change(symbolsOfWord, i, word, true);
      }
    }
    List<Merge> learnt = new ArrayList<>();
    while (learnt.size() < merges) {
      int pair = statistics.mostFrequent();
      if (pair == PairTable.NONE || statistics.count(pair) < minFrequency) {
        break;
      }
      Merge merge = new Merge(symbols.text(table.first(pair)), symbols.text(table.second(pair)));
      learnt.add(merge);
      int merged = symbols.number(merge.merged());
      for (int word : occurrences.take(pair)) {
        int[] before = words[word];
        words[word] = merge(before, pair, merged);
        forget(before, pair, word);
        count(words[word], merged, word);
      }
      statistics.add(pair, -statistics.count(pair));
    }
    return learnt;
  }

  /** The pair at i came to the word or left it. */
  private void change(int[] spelled, int i, int word, boolean more) {
    int pair = table.number(spelled[i], spelled[i + 1]);
    statistics.add(pair, more ? counts[word] : -counts[word]);
    occurrences.add(pair, word, more);
  }

  private boolean isAt(int[] spelled, int i, int pair) {
    return i + 1 < spelled.length
        && spelled[i] == table.first(pair)
        && spelled[i + 1] == table.second(pair);
  }

  /** The word with the pair merged, from the left. */
  private int[] merge(int[] before, int pair, int merged) {
    int[] after = new int[before.length];
    int size = 0;
    int i = 0;
    while (i < before.length) {
      boolean here = isAt(before, i, pair);
      after[size++] = here ? merged : before[i];
      i += here ? 2 : 1;
    }
    return size == before.length ? before : Arrays.copyOf(after, size);
  }

  /** Counts off the pairs that overlapped with the pair; that between two of it only once. */
  private void forget(int[] before, int pair, int word) {
    int i = 0;
    while (i < before.length) {
      if (!isAt(before, i, pair)) {
        i++;
        continue;
      }
      if (i > 0) {
        change(before, i - 1, word, false);
      }
      if (i + 2 < before.length && !isAt(before, i + 2, pair)) {
        change(before, i + 1, word, false);
      }
      i += 2;
    }
  }

  /** Counts the pairs of the new symbol with its neighbours; that of two of it only once. */
  private void count(int[] after, int merged, int word) {
    for (int i = 0; i < after.length; i++) {
      if (after[i] == merged) {
        if (i > 0) {
          change(after, i - 1, word, true);
        }
        if (i + 1 < after.length && after[i + 1] != merged) {
          change(after, i, word, true);
        }
      }
    }
  }
}
