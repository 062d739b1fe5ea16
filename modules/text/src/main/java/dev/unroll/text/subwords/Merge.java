package dev.unroll.text.subwords;

/**
 * Two symbols that become one. The last symbol of a word ends with {@link #END}.
 *
 * @param first the symbol to the left
 * @param second the symbol to the right
 */
record Merge(String first, String second) {
  /** After the last character of a word, so that a suffix is told from the same letters within. */
  static final String END = "</w>";

  String merged() {
    return first + second;
  }

  /** Whether the mark is that of the second symbol, not a text that spells it. */
  boolean isSuffix() {
    return second.endsWith(END) && second.length() > END.length();
  }
}
