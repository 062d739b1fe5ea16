package dev.unroll.ner;

import dev.unroll.text.Vocabulary;
import java.util.Locale;

/**
 * Which word of a vocabulary stands for a word of a text.
 *
 * @param anyCase see {@link NerConfig#anyCase()}
 */
record WordLookup(Vocabulary vocabulary, boolean anyCase) {
  /**
   * The id of a word: as it is written, or else in lower case, or else, in any case, as a name is
   * written and in capitals, or else the unknown one.
   */
  int id(String word) {
    int id = vocabulary.id(word);
    if (id == Vocabulary.UNKNOWN_ID) {
      id = vocabulary.id(lowercase(word));
    }
    if (id == Vocabulary.UNKNOWN_ID && anyCase && !word.isEmpty()) {
      int second = word.offsetByCodePoints(0, 1);
      String first = word.substring(0, second).toUpperCase(Locale.ROOT);
      id = vocabulary.id(first + lowercase(word.substring(second)));
      if (id == Vocabulary.UNKNOWN_ID) {
        id = vocabulary.id(word.toUpperCase(Locale.ROOT));
      }
    }
    return id;
  }

  static String lowercase(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
