package dev.unroll.text;

/** Where tokens end that do not begin with a word character. */
final class Symbols {
  private static final String RUNS = ".!?-*=~_+#@$%^|/\\&…—–•'`";
  private static final String[] BRACKETS = {"-lrb-", "-rrb-", "-lsb-", "-rsb-", "-lcb-", "-rcb-"};
  private static final String[] CLITICS = {
    "s", "d", "m", "ll", "re", "ve", "em", "tis", "twas", "til", "cause", "n"
  };
  private static final char ZERO_WIDTH_JOINER = '\u200D';

  private Symbols() {}

  /** The end of the token that starts at {@code start}, always greater. */
  static int end(String text, int start) {
    char c = text.charAt(start);
    int end = Emoticons.end(text, start);
    if (end == start && Characters.isApostrophe(c)) {
      end = apostropheEnd(text, start);
    }
    if (end == start && (c == '@' || c == '#') && !Words.isWordBefore(text, start)) {
      end = tagEnd(text, start);
    }
    if (end == start && c == '-') {
      end = bracketEnd(text, start);
    }
    if (end == start && c == '\\') {
      end = escapeEnd(text, start);
    }
    if (end == start && RUNS.indexOf(c) >= 0) {
      end = runEnd(text, start, c);
    }
    return end > start ? end : clusterEnd(text, start);
  }

  /** Clitics that stand alone, and years: {@code 's}, {@code 'tis}, {@code '90s}. */
  private static int apostropheEnd(String text, int start) {
    int i = start + 1;
    for (String clitic : CLITICS) {
      int end = i + clitic.length();
      if (text.regionMatches(true, i, clitic, 0, clitic.length()) && endsWord(text, end)) {
        return end;
      }
    }
    if (Words.isWordBefore(text, start) || !isDigitAt(text, i) || !isDigitAt(text, i + 1)) {
      return start;
    }
    int end = i + 2;
    if (end < text.length() && (text.charAt(end) | 0x20) == 's') {
      end++;
    }
    return endsWord(text, end) ? end : start;
  }

  /** {@code @name} and {@code #tag}. */
  private static int tagEnd(String text, int start) {
    int i = start + 1;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      int characterClass = Characters.classOf(codePoint);
      boolean inside =
          characterClass == Characters.WORD
              || codePoint == '_'
              || i > start + 1 && characterClass == Characters.EXTEND
              || text.charAt(start) == '#' && characterClass == Characters.SOLO;
      if (!inside) {
        break;
      }
      i += Character.charCount(codePoint);
    }
    return i > start + 1 ? i : start;
  }

  /** The brackets of the Penn Treebank, {@code -LRB-} and the others. */
  private static int bracketEnd(String text, int start) {
    for (String bracket : BRACKETS) {
      int end = start + bracket.length();
      if (text.regionMatches(true, start, bracket, 0, bracket.length()) && endsWord(text, end)) {
        return end;
      }
    }
    return start;
  }

  /** {@code \/} and {@code \*}, as the Penn Treebank writes them. */
  private static int escapeEnd(String text, int start) {
    int i = start;
    while (i + 1 < text.length()
        && text.charAt(i) == '\\'
        && (text.charAt(i + 1) == '/' || text.charAt(i + 1) == '*')) {
      i += 2;
    }
    return i;
  }

  private static int runEnd(String text, int start, char c) {
    int i = start + 1;
    while (i < text.length() && text.charAt(i) == c) {
      i++;
    }
    return Words.skipExtends(text, i);
  }

  /** A symbol with its marks; an emoji with all that is joined to it; a flag. */
  private static int clusterEnd(String text, int start) {
    int codePoint = text.codePointAt(start);
    int i = start + Character.charCount(codePoint);
    if (Characters.isRegional(codePoint)
        && i < text.length()
        && Characters.isRegional(text.codePointAt(i))) {
      i += 2;
    }
    i = Words.skipExtends(text, i);
    if (Character.getType(codePoint) != Character.OTHER_SYMBOL) {
      return i;
    }
    while (i < text.length()
        && text.charAt(i - 1) == ZERO_WIDTH_JOINER
        && Character.getType(text.codePointAt(i)) == Character.OTHER_SYMBOL) {
      i = Words.skipExtends(text, i + Character.charCount(text.codePointAt(i)));
    }
    return i;
  }

  private static boolean endsWord(String text, int i) {
    return !Words.isWordAt(text, i);
  }

  private static boolean isDigitAt(String text, int i) {
    return i < text.length() && Characters.isDigit(text.charAt(i));
  }
}
