package dev.unroll.text.subwords;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Byte-pair encoding as the paper has it, without any thrift: the oracle of the tests. */
final class CountingAnew {
  /** By code points. */
  private static final Comparator<String> ALPHABET =
      Comparator.comparing(text -> text.codePoints().toArray(), Arrays::compare);

  private CountingAnew() {}

  static List<Merge> learn(Map<String, Long> counts, int merges, long minFrequency) {
    Map<List<String>, Long> words = new HashMap<>();
    counts.forEach((word, count) -> words.put(spell(word), count));
    List<Merge> learnt = new ArrayList<>();
    while (learnt.size() < merges) {
      Map<Merge, Long> pairs = new HashMap<>();
      words.forEach(
          (word, count) -> {
            for (int i = 0; i + 1 < word.size(); i++) {
              pairs.merge(new Merge(word.get(i), word.get(i + 1)), count, Long::sum);
            }
          });
      Merge best =
          pairs.keySet().stream()
              .filter(pair -> pairs.get(pair) >= minFrequency)
              .max(
                  Comparator.<Merge>comparingLong(pairs::get)
                      .thenComparing(Merge::first, ALPHABET)
                      .thenComparing(Merge::second, ALPHABET))
              .orElse(null);
      if (best == null) {
        break;
      }
      learnt.add(best);
      Map<List<String>, Long> merged = new HashMap<>();
      words.forEach((word, count) -> merged.put(merge(word, best), count));
      words.clear();
      words.putAll(merged);
    }
    return learnt;
  }

  private static List<String> spell(String word) {
    List<String> symbols = new ArrayList<>();
    word.codePoints().forEach(c -> symbols.add(Character.toString(c)));
    symbols.set(symbols.size() - 1, symbols.get(symbols.size() - 1) + Merge.END);
    return symbols;
  }

  private static List<String> merge(List<String> word, Merge pair) {
    List<String> merged = new ArrayList<>();
    for (String symbol : word) {
      int last = merged.size() - 1;
      // A symbol that was merged just now is longer than the first, so never taken for it.
      if (last >= 0 && merged.get(last).equals(pair.first()) && symbol.equals(pair.second())) {
        merged.set(last, pair.merged());
      } else {
        merged.add(symbol);
      }
    }
    return merged;
  }
}
