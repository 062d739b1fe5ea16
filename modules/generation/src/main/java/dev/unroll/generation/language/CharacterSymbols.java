package dev.unroll.generation.language;

import dev.unroll.text.Vocabulary;
import java.util.List;

/**
 * The symbols of a model of characters: Unicode code points, {@code <UNK>} for all that are not in
 * the vocabulary, and behind these {@code <EOS>}, the end of a text.
 */
public final class CharacterSymbols {
  private final Vocabulary vocabulary;
  private final int lineEnd;

  /** The symbol of each code point, as far as there are any. */
  private final int[] symbols;

  /**
   * Numbers the symbols.
   *
   * @param vocabulary a word a code point
   * @param endingWithLines whether a text ends with each line, so that a line break is {@code
   *     <EOS>}
   */
  public CharacterSymbols(Vocabulary vocabulary, boolean endingWithLines) {
    this.vocabulary = vocabulary;
    List<String> words = vocabulary.words();
    int last = '\n';
    for (String word : words) {
      last = isCodePoint(word) ? Math.max(last, word.codePointAt(0)) : last;
    }
    this.symbols = new int[last + 1]; // <UNK> unless told otherwise
    for (int id = 0; id < words.size(); id++) {
      if (isCodePoint(words.get(id))) {
        symbols[words.get(id).codePointAt(0)] = vocabulary.id(words.get(id));
      }
    }
    if (endingWithLines) {
      symbols['\n'] = end();
    }
    this.lineEnd = symbols['\n'] == Vocabulary.UNKNOWN_ID ? end() : symbols['\n'];
  }

  private static boolean isCodePoint(String word) {
    return !word.isEmpty() && word.codePointCount(0, word.length()) == 1;
  }

  /** The code points that are known, a word each. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

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
    return lineEnd;
  }

  /** The symbol of a code point. */
  public int of(int codePoint) {
    return codePoint < symbols.length ? symbols[codePoint] : Vocabulary.UNKNOWN_ID;
  }
}
