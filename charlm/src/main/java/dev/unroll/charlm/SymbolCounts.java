package dev.unroll.charlm;

import dev.unroll.text.Tokenizer;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.WordCounter;

/** How often a text has each of its symbols, in memory that does not grow with the text. */
final class SymbolCounts {
  /** About half a gigabyte of them. */
  private static final int MOST_WORDS = 1 << 22;

  private final CharLmConfig config;
  private final Tokenizer tokenizer;
  private final WordCounter counter = new WordCounter(MOST_WORDS);
  private final long[] codePoints = new long[Character.MAX_CODE_POINT + 1];

  SymbolCounts(CharLmConfig config) {
    this.config = config;
    this.tokenizer = config.words();
  }

  /** Counts a piece of {@link Text}. */
  void add(String piece) {
    if (config.level() == Level.WORD) {
      counter.addAll(tokenizer.words(piece));
      return;
    }
    for (int i = 0; i < piece.length(); ) {
      int codePoint = piece.codePointAt(i);
      codePoints[codePoint]++;
      i += Character.charCount(codePoint);
    }
  }

  /** The symbols that are frequent enough; to be asked for once. */
  Vocabulary vocabulary() {
    if (config.ending() == Ending.LINE) {
      codePoints['\n'] = 0; // the end of a text, and no character of it
    }
    for (int codePoint = 0; codePoint < codePoints.length; codePoint++) {
      if (codePoints[codePoint] > 0) {
        counter.add(Character.toString(codePoint), codePoints[codePoint]);
      }
    }
    return counter.build(config.minCount(), config.maxVocabulary());
  }
}
