package dev.unroll.text.subwords;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Symbols and their numbers, in the order in which they were met. */
final class Symbols {
  static final int UNKNOWN = -1;

  private final List<String> texts = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /** The number of a symbol, a new one if it has none. */
  int number(String symbol) {
    Integer number = numbers.putIfAbsent(symbol, texts.size());
    if (number == null) {
      texts.add(symbol);
      return texts.size() - 1;
    }
    return number;
  }

  /** The number of a symbol, or {@link #UNKNOWN}. */
  int find(String symbol) {
    return numbers.getOrDefault(symbol, UNKNOWN);
  }

  String text(int number) {
    return texts.get(number);
  }

  /** The alphabet by code points, which is not that of UTF-16. */
  int compare(int a, int b) {
    return a == b ? 0 : compare(text(a), text(b));
  }

  static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean beyond = Character.isSurrogate(x);
        return beyond == Character.isSurrogate(y) ? Character.compare(x, y) : beyond ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
