package dev.unroll.generation.language;

import dev.unroll.text.Vocabulary;

/**
 * The symbols of a model of characters: Unicode code points, {@code <UNK>} for all that are not in
 * the vocabulary, and behind these {@code <EOS>}, the end of a text.
 *
 * @param vocabulary a word a code point
 * @param endingWithLines whether a text ends with each line, so that a line break is {@code <EOS>}
 */
public record CharacterSymbols(Vocabulary vocabulary, boolean endingWithLines) {
  /** The number of symbols, {@code <UNK>} and {@code <EOS>} among them. */
  public int size() {
    return vocabulary.size() + 1;
  }

  /** The symbol between texts. */
  public int end() {
    return vocabulary.size();
  }

  /** The symbol between lines: that between texts, unless line breaks are characters. */
  public int lineEnd() {
    int lineBreak = vocabulary.id("\n");
    return endingWithLines || lineBreak == Vocabulary.UNKNOWN_ID ? end() : lineBreak;
  }

  /** The symbol of a code point. */
  public int of(int codePoint) {
    return codePoint == '\n' && endingWithLines
        ? end()
        : vocabulary.id(Character.toString(codePoint));
  }
}
