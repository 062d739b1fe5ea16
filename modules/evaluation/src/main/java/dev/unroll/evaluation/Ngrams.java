package dev.unroll.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts of the n-grams of one text, by the text of each. */
final class Ngrams {
  private final Map<String, Integer> counts = new HashMap<>();
  private int total;

  /** The sequences of n words; none of these has a space in it. */
  static Ngrams ofWords(List<String> words, int n) {
    Ngrams ngrams = new Ngrams();
    for (int i = 0; i + n <= words.size(); i++) {
      ngrams.add(n == 1 ? words.get(i) : String.join(" ", words.subList(i, i + n)));
    }
    return ngrams;
  }

  /** The sequences of n code points. */
  static Ngrams ofCharacters(String text, int n) {
    Ngrams ngrams = new Ngrams();
    if (text.codePointCount(0, text.length()) < n) {
      return ngrams;
    }
    int start = 0;
    int end = text.offsetByCodePoints(0, n);
    ngrams.add(text.substring(start, end));
    while (end < text.length()) {
      start = text.offsetByCodePoints(start, 1);
      end = text.offsetByCodePoints(end, 1);
      ngrams.add(text.substring(start, end));
    }
    return ngrams;
  }

  private void add(String ngram) {
    counts.merge(ngram, 1, Integer::sum);
    total++;
  }

  /** How many there are. */
  int total() {
    return total;
  }

  /**
   * Each as often as it is in whichever of both has it more often; {@link #total} means nothing.
   */
  Ngrams union(Ngrams other) {
    Ngrams union = new Ngrams();
    union.counts.putAll(counts);
    other.counts.forEach((ngram, count) -> union.counts.merge(ngram, count, Math::max));
    return union;
  }

  /** How many of these are in the other, each at most as often as there. */
  int matches(Ngrams other) {
    int matches = 0;
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      matches += Math.min(entry.getValue(), other.counts.getOrDefault(entry.getKey(), 0));
    }
    return matches;
  }

  /** What white space parts. */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || isSpace(text.charAt(i))) {
        if (i > start) {
          words.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return words;
  }

  static String stripTrailing(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  /** White space as Python has it, no-break spaces and NEL included; all of the basic plane. */
  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }
}
