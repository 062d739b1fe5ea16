package dev.unroll.text;

import java.util.ArrayList;
import java.util.List;

/** Cuts at white space and nowhere else. */
final class WhitespaceTokenizer implements Tokenizer {
  static final Tokenizer INSTANCE = new WhitespaceTokenizer();

  private WhitespaceTokenizer() {}

  @Override
  public String name() {
    return "whitespace";
  }

  @Override
  public List<Token> tokenize(String text) {
    List<Token> tokens = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || Characters.isSpace(text.charAt(i))) {
        if (i > start) {
          tokens.add(new Token(text.substring(start, i), start, i));
        }
        start = i + 1;
      }
    }
    return tokens;
  }
}
