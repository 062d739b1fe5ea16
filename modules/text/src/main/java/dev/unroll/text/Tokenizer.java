package dev.unroll.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts text into tokens. Implementations are deterministic, take time linear in the text, and may
 * be used by several threads.
 */
public interface Tokenizer {
  /** The tokens in their order; they do not overlap. Text of white space only has none. */
  List<Token> tokenize(String text);

  /** The name under which {@link #named} finds it, so that a model file can say which it used. */
  String name();

  /** The tokens without their places. */
  default List<String> words(String text) {
    List<Token> tokens = tokenize(text);
    List<String> words = new ArrayList<>(tokens.size());
    for (Token token : tokens) {
      words.add(token.text());
    }
    return words;
  }

  /** {@link StandardTokenizer} that keeps every character but white space. */
  static Tokenizer standard() {
    return StandardTokenizer.KEEPING_TAGS;
  }

  /** {@link StandardTokenizer} that takes HTML tags such as {@code <br />} for white space. */
  static Tokenizer standardWithoutTags() {
    return StandardTokenizer.DROPPING_TAGS;
  }

  /** Cuts at white space and nowhere else, for text that was tokenised before. */
  static Tokenizer whitespace() {
    return WhitespaceTokenizer.INSTANCE;
  }

  /** Cuts where letters and digits meet other characters, for any language. */
  static Tokenizer categories() {
    return CategoryTokenizer.INSTANCE;
  }

  /**
   * The tokenizer of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Tokenizer named(String name) {
    for (Tokenizer tokenizer :
        List.of(standard(), standardWithoutTags(), whitespace(), categories())) {
      if (tokenizer.name().equals(name)) {
        return tokenizer;
      }
    }
    throw new IllegalArgumentException("no tokenizer named " + name);
  }
}
