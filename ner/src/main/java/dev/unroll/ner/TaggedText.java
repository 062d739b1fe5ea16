package dev.unroll.ner;

import java.util.List;

/**
 * What a model found in a text, as other programs are told it.
 *
 * @param text the text, as it was given
 * @param tokens the words that it was cut into
 * @param spans the names, in their order
 */
record TaggedText(String text, List<String> tokens, List<Name> spans) {
  /**
   * A name. Its places count characters (Unicode code points), as most other languages do.
   *
   * @param start of its first character, from 0
   * @param end behind its last character
   */
  record Name(int start, int end, String type, String text, double probability) {}
}
