package dev.unroll.text;

/**
 * A token and its place in the text that it was cut from: {@code source.substring(start, end)}
 * equals {@code text}.
 *
 * @param text the characters as they stood in the source
 * @param start index of its first UTF-16 code unit in the source
 * @param end index behind its last one, greater than {@code start}
 */
public record Token(String text, int start, int end) {
  /** Checks that the text fits between the offsets. */
  public Token {
    if (start < 0 || end - start != text.length() || text.isEmpty()) {
      throw new IllegalArgumentException(
          "a token's place must be as long as its text: [" + start + ", " + end + ") " + text);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
