package dev.unroll.text;

/** What the tokenizers need to know of characters. */
final class Characters {
  static final int SPACE = 0;

  /** Letters, digits and other numerals of scripts that part words. */
  static final int WORD = 1;

  /** Han and Hiragana, written without spaces: each character is a token. */
  static final int SOLO = 2;

  /** Combining marks and invisible format characters, which belong to what precedes them. */
  static final int EXTEND = 3;

  static final int SYMBOL = 4;

  private static final byte[] LATIN = new byte[256];

  static {
    for (int c = 0; c < LATIN.length; c++) {
      LATIN[c] = (byte) compute(c);
    }
  }

  private Characters() {}

  static int classOf(int codePoint) {
    return codePoint < LATIN.length ? LATIN[codePoint] : compute(codePoint);
  }

  private static int compute(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER ->
          WORD;
      case Character.OTHER_LETTER ->
          Character.isIdeographic(codePoint) || isHiragana(codePoint) ? SOLO : WORD;
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          EXTEND;
      case Character.FORMAT -> codePoint == 0x200B ? SPACE : EXTEND;
      case Character.MODIFIER_SYMBOL -> isSkinTone(codePoint) ? EXTEND : SYMBOL;
      default ->
          Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint) || codePoint == 0x85
              ? SPACE
              : SYMBOL;
    };
  }

  /**
   * White space: Java's own, the no-break spaces, NEL, and the zero-width space. All of these lie
   * in the basic plane.
   */
  static boolean isSpace(char c) {
    return classOf(c) == SPACE;
  }

  static boolean isApostrophe(char c) {
    return c == '\'' || c == '’' || c == '´' || c == '`' || c == '\uFF07';
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9' || c > 0x7f && Character.isDigit(c);
  }

  /** A letter of a script that parts words. */
  static boolean isWordLetter(char c) {
    return c < 0x80
        ? (c | 0x20) >= 'a' && (c | 0x20) <= 'z'
        : classOf(c) == WORD && Character.isLetter(c);
  }

  /** A regional indicator; two of them are a flag. */
  static boolean isRegional(int codePoint) {
    return codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF;
  }

  private static boolean isSkinTone(int codePoint) {
    return codePoint >= 0x1F3FB && codePoint <= 0x1F3FF;
  }

  private static boolean isHiragana(int codePoint) {
    return codePoint >= 0x3041 && codePoint <= 0x309F;
  }
}
