package dev.unroll.music.abc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in a line that is being read. */
final class Cursor {
  private final String text;
  private int at;

  Cursor(String text) {
    this.text = text;
  }

  boolean isAtEnd() {
    return at == text.length();
  }

  /** The character here; NUL at the end. */
  char peek() {
    return peek(0);
  }

  /** The character so many places on; NUL behind the end. */
  char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }

  void skip(int characters) {
    at += characters;
  }

  /** What is still to be read. */
  String rest() {
    return text.substring(at);
  }

  /** Reads what a pattern finds here; null, and nothing is read, if that is nothing. */
  Matcher take(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      return null;
    }
    at = matcher.end();
    return matcher;
  }

  /**
   * Reads the character here and all up to a mark, with the mark.
   *
   * @return what stands between them; null, and nothing is read, if the line has no such mark
   */
  String enclosed(char mark) {
    int end = text.indexOf(mark, at + 1);
    if (end < 0) {
      return null;
    }
    String between = text.substring(at + 1, end);
    at = end + 1;
    return between;
  }
}
