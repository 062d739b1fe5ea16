package dev.unroll.text.subwords;

import static dev.unroll.text.subwords.BytePairs.CONTINUED;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Applies merges to words. */
final class Segmenter {
  private final Symbols symbols;

  /** The merges; a pair's number is its rank, and what it becomes lies at that rank. */
  private final PairTable ranks;

  private final int[] merged;

  /** How each symbol arises. */
  private final Map<String, Merge> origins;

  /** Null for no restriction. */
  private final Set<String> wanted;

  private Segmenter(
      Symbols symbols,
      PairTable ranks,
      int[] merged,
      Map<String, Merge> origins,
      Set<String> wanted) {
    this.symbols = symbols;
    this.ranks = ranks;
    this.merged = merged;
    this.origins = origins;
    this.wanted = wanted;
  }

  static Segmenter of(List<Merge> merges) {
    Symbols symbols = new Symbols();
    PairTable ranks = new PairTable();
    int[] merged = new int[merges.size()];
    for (Merge merge : merges) {
      int rank = ranks.number(symbols.number(merge.first()), symbols.number(merge.second()));
      merged[rank] = symbols.number(merge.merged());
    }
    return new Segmenter(symbols, ranks, merged, origins(merges), null);
  }

  /** Of a symbol that arises in two ways, that merge whose last line comes first in the file. */
  private static Map<String, Merge> origins(List<Merge> merges) {
    Set<Merge> backwards = new LinkedHashSet<>();
    for (int i = merges.size() - 1; i >= 0; i--) {
      backwards.add(merges.get(i));
    }
    Map<String, Merge> origins = new HashMap<>();
    backwards.forEach(merge -> origins.put(merge.merged(), merge));
    return origins;
  }

  Segmenter restrictedTo(Collection<String> subwords) {
    return new Segmenter(symbols, ranks, merged, origins, Set.copyOf(subwords));
  }

  /** The subwords of a word, all but the last marked. */
  List<String> subwords(String word) {
    int characters = word.codePointCount(0, word.length());
    if (characters < 2) {
      return List.of(word);
    }
    List<String> pieces = new MergingWord(word, characters, symbols, ranks, merged).pieces();
    if (wanted != null) {
      List<String> split = new ArrayList<>();
      int last = pieces.size() - 1;
      for (int i = 0; i <= last; i++) {
        split(pieces.get(i), i == last, split);
      }
      pieces = split;
    }
    for (int i = 0; i < pieces.size() - 1; i++) {
      pieces.set(i, pieces.get(i) + CONTINUED);
    }
    return List.copyOf(pieces);
  }

  /** Undoes merges until all pieces are wanted or cannot be split. */
  private void split(String piece, boolean last, List<String> out) {
    Merge origin = origins.get(last ? piece + Merge.END : piece);
    boolean wanted = this.wanted.contains(last ? piece : piece + CONTINUED);
    if (wanted || origin == null || last && !origin.isSuffix()) {
      out.add(piece);
      return;
    }
    String second = origin.second();
    split(origin.first(), false, out);
    split(last ? second.substring(0, second.length() - Merge.END.length()) : second, last, out);
  }
}
