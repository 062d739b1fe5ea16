package dev.unroll.text;

import java.util.Locale;
import java.util.Set;

/** Where words, numbers and their clitics end. */
final class Words {
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "vs", "etc", "inc", "ltd", "corp",
          "bros", "gen", "sen", "rep", "gov", "capt", "sgt", "lt", "col", "rev", "hon", "mt", "al",
          "approx", "dept", "est", "fig", "vol", "ca", "cf", "eg", "ie", "jan", "feb", "apr", "aug",
          "sept", "oct", "nov", "dec");
  private static final int LONGEST_ABBREVIATION = 6;
  private static final String NUMBER_SIGN_ABBREVIATION = "no";

  private Words() {}

  /** Whether a sign and the number behind it start here: {@code -5}, {@code .5}. */
  static boolean startsSigned(String text, int i) {
    char c = text.charAt(i);
    return (c == '-' || c == '.')
        && i + 1 < text.length()
        && Characters.isDigit(text.charAt(i + 1))
        && !isWordBefore(text, i);
  }

  /** The end of the word, number, link or address that starts at {@code start}. */
  static int end(String text, int start) {
    int link = Links.urlEnd(text, start);
    if (link > start) {
      return link;
    }
    int end = run(text, start + (startsSigned(text, start) ? 1 : 0));
    if (end == text.length()) {
      return end;
    }
    char next = text.charAt(end);
    if (next == '@' || next == '.' || next == '+' || next == '%') {
      int address = Links.addressEnd(text, start);
      if (address > end) {
        return address;
      }
    }
    if (next != '.') {
      return end;
    }
    int acronym = acronymEnd(text, start, end);
    if (acronym > end) {
      return acronym;
    }
    int domain = Links.domainEnd(text, end);
    return domain > end ? domain : takesFullStop(text, start, end) ? end + 1 : end;
  }

  /** Letters, digits, marks and the connectors between them. */
  private static int run(String text, int start) {
    int i = start;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      int characterClass = Characters.classOf(codePoint);
      if (characterClass == Characters.WORD || characterClass == Characters.EXTEND) {
        i += Character.charCount(codePoint);
      } else {
        int connector = i > start ? connectorLength(text, i) : 0;
        if (connector == 0) {
          return i;
        }
        i += connector;
      }
    }
    return i;
  }

  /** The length of what joins the word characters on both sides of it, 0 if it does not. */
  private static int connectorLength(String text, int i) {
    char c = text.charAt(i);
    int length = c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '/' ? 2 : 1;
    if (!isWordAt(text, i + length)) {
      return 0;
    }
    char before = text.charAt(i - 1);
    char after = text.charAt(i + length);
    boolean joins =
        switch (c) {
          case '-', '\u2010', '\u2011', '_' -> true;
          case '\\' -> length == 2;
          case '.', ',', ':', '/' -> Characters.isDigit(before) && Characters.isDigit(after);
          case '&' -> Characters.isWordLetter(before) && Characters.isWordLetter(after);
          default -> Characters.isApostrophe(c) && Characters.isWordLetter(after);
        };
    return joins ? length : 0;
  }

  /**
   * The end of {@code U.S.}, {@code e.g.}: single letters, a full stop between any two. The last
   * full stop is left if more follow, for these are an ellipsis.
   */
  private static int acronymEnd(String text, int start, int end) {
    if (end != start + 1 || !Characters.isWordLetter(text.charAt(start))) {
      return end;
    }
    int i = end;
    while (i + 1 < text.length()
        && text.charAt(i) == '.'
        && Characters.isWordLetter(text.charAt(i + 1))
        && !isWordAt(text, i + 2)) {
      i += 2;
    }
    return i > end && isSingleStop(text, i) ? i + 1 : i;
  }

  /** Whether the full stop at {@code end} belongs to the abbreviation or initial before it. */
  private static boolean takesFullStop(String text, int start, int end) {
    int length = end - start;
    if (length > LONGEST_ABBREVIATION || !isSingleStop(text, end)) {
      return false;
    }
    char first = text.charAt(start);
    if (length == 1 && Characters.isWordLetter(first)) {
      return first != 'I' && first != 'i' && isInitial(text, first, end);
    }
    String word = text.substring(start, end).toLowerCase(Locale.ROOT);
    if (word.equals(NUMBER_SIGN_ABBREVIATION)) {
      int next = skipSpaces(text, end + 1);
      return next < text.length() && Characters.isDigit(text.charAt(next));
    }
    return ABBREVIATIONS.contains(word);
  }

  /** {@code J. Smith}, {@code j. smith} and {@code J.Smith}, but not {@code plan b.then}. */
  private static boolean isInitial(String text, char letter, int stop) {
    int next = skipSpaces(text, stop + 1);
    if (next == text.length()) {
      return false;
    }
    char c = text.charAt(next);
    return next > stop + 1
        ? Characters.isWordLetter(c)
        : Character.isUpperCase(letter) && Character.isUpperCase(c);
  }

  /**
   * Where the last clitic of the word begins, or {@code start} if it has none. What remains before
   * it is a word by itself.
   */
  static int clitic(String text, int start, int end) {
    int cut = end - cliticLength(text, end, end - start);
    return cut < end && cut > start && isWordBefore(text, cut) ? cut : start;
  }

  private static int cliticLength(String text, int end, int length) {
    if (length > 2 && Characters.isApostrophe(text.charAt(end - 2))) {
      return switch (lower(text.charAt(end - 1))) {
        case 's', 'd', 'm' -> 2;
        case 't' -> lower(text.charAt(end - 3)) == 'n' ? 3 : 0;
        default -> 0;
      };
    }
    if (length > 3 && Characters.isApostrophe(text.charAt(end - 3))) {
      char first = lower(text.charAt(end - 2));
      char second = lower(text.charAt(end - 1));
      return first == 'l' && second == 'l' || second == 'e' && (first == 'r' || first == 'v')
          ? 3
          : 0;
    }
    return length == 6 && text.regionMatches(true, end - 6, "cannot", 0, 6) ? 3 : 0;
  }

  static int skipExtends(String text, int start) {
    int i = start;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      if (Characters.classOf(codePoint) != Characters.EXTEND) {
        break;
      }
      i += Character.charCount(codePoint);
    }
    return i;
  }

  /** Whether a word character begins at {@code i}. */
  static boolean isWordAt(String text, int i) {
    return i < text.length() && Characters.classOf(text.codePointAt(i)) == Characters.WORD;
  }

  /** Whether a word character, or a mark on one, ends at {@code i}. */
  static boolean isWordBefore(String text, int i) {
    if (i == 0) {
      return false;
    }
    int characterClass = Characters.classOf(text.codePointBefore(i));
    return characterClass == Characters.WORD || characterClass == Characters.EXTEND;
  }

  private static boolean isSingleStop(String text, int i) {
    return i < text.length()
        && text.charAt(i) == '.'
        && !(i + 1 < text.length() && text.charAt(i + 1) == '.');
  }

  private static int skipSpaces(String text, int start) {
    int i = start;
    while (i < text.length() && Characters.isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Lower case of ASCII letters; nothing else is compared with it. */
  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
  }
}
