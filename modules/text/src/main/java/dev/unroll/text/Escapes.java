package dev.unroll.text;

import dev.unroll.data.LineReader;
import dev.unroll.data.UserError;

/**
 * Any string as a part of one line of UTF-8: backslash, tab, line breaks and unpaired surrogates,
 * which UTF-8 cannot hold, are written as {@code \\}, {@code \t}, {@code \n}, {@code \r} and {@code
 * \}{@code uXXXX}.
 */
final class Escapes {
  private Escapes() {}

  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        default -> {
          if (isUnpaired(text, i)) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.toString();
  }

  /** The inverse of {@link #escape}; a {@link UserError} for an escape that it does not write. */
  static String unescape(String text, LineReader lines) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char kind = i < text.length() ? text.charAt(i++) : '\0';
      switch (kind) {
        case '\\' -> out.append('\\');
        case 't' -> out.append('\t');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 'u' -> {
          out.append(codeUnit(text, i, lines));
          i += 4;
        }
        default ->
            throw lines.error("an escape is one of \\\\ \\t \\n \\r \\uXXXX; in '" + text + "'");
      }
    }
    return out.toString();
  }

  private static char codeUnit(String text, int start, LineReader lines) {
    try {
      return (char) Integer.parseUnsignedInt(text, start, start + 4, 16);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw lines.error("\\u takes four hexadecimal digits; in '" + text + "'");
    }
  }

  private static boolean isUnpaired(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
