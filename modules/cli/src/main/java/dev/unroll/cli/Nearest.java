package dev.unroll.cli;

import java.util.Collection;
import java.util.Comparator;

/** Finds what somebody who mistyped a word may have meant. */
final class Nearest {
  private Nearest() {}

  /** The candidate with the fewest insertions, deletions and replacements; the first of equals. */
  static String to(String word, Collection<String> candidates) {
    return candidates.stream()
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .orElseThrow(() -> new IllegalArgumentException("no candidates"));
  }

  /** The distance of Levenshtein, a row of the table at a time. */
  static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[right.length()];
  }
}
