package dev.unroll.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts where letters and digits meet other characters, whatever the language. A word is a run of
 * letters and digits with their marks; Han and Hiragana, punctuation and symbols stand alone, each
 * with its marks.
 */
final class CategoryTokenizer implements Tokenizer {
  static final Tokenizer INSTANCE = new CategoryTokenizer();

  private CategoryTokenizer() {}

  @Override
  public String name() {
    return "categories";
  }

  @Override
  public List<Token> tokenize(String text) {
    List<Token> tokens = new ArrayList<>(text.length() / 5 + 1);
    int start = 0;
    while (start < text.length()) {
      int first = classAt(text, start);
      int end = next(text, start);
      while (first != Characters.SPACE
          && end < text.length()
          && belongs(first, classAt(text, end))) {
        end = next(text, end);
      }
      if (first != Characters.SPACE) {
        tokens.add(new Token(text.substring(start, end), start, end));
      }
      start = end;
    }
    return tokens;
  }

  private static boolean belongs(int first, int following) {
    return following == Characters.EXTEND
        || first == Characters.WORD && following == Characters.WORD;
  }

  private static int classAt(String text, int i) {
    return Characters.classOf(text.codePointAt(i));
  }

  private static int next(String text, int i) {
    return i + Character.charCount(text.codePointAt(i));
  }
}
