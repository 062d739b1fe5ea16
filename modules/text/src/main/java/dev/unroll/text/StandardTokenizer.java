package dev.unroll.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The tokenizer of reviews, tweets and news, for any script that parts words with spaces.
 *
 * <ul>
 *   <li>A word is a run of letters, digits and marks; hyphens and apostrophes inside it belong to
 *       it ({@code re-imagining}, {@code o'clock}), and so do the separators inside a number
 *       ({@code 1,000.5}, {@code 7/10}).
 *   <li>English contractions part as in the Penn Treebank (Marcus et al. 1993): {@code do n't},
 *       {@code it 's}, {@code can not}.
 *   <li>A full stop stays with abbreviations and initials ({@code Mr.}, {@code U.S.}, {@code J.
 *       Smith}) and is a token otherwise.
 *   <li>Links, addresses, {@code @names}, {@code #tags}, emoticons, emoji with their modifiers,
 *       flags, and runs of one sign ({@code ...}, {@code !!!}) are one token each.
 *   <li>Han and Hiragana have no spaces: each character is a token. Thai, Lao and Khmer are not
 *       segmented.
 *   <li>Nothing else is lost or changed: what lies between tokens is white space, and HTML tags if
 *       told so.
 * </ul>
 *
 * <p>Text that is tokenised already mostly comes out as it went in, and the output joined with
 * spaces always does: tokenising is a projection. Every rule looks ahead over what it consumes, a
 * bounded distance, or white space only, so the time is linear in the text.
 */
final class StandardTokenizer implements Tokenizer {
  static final Tokenizer KEEPING_TAGS = new StandardTokenizer(false);
  static final Tokenizer DROPPING_TAGS = new StandardTokenizer(true);

  private static final String[] SINGLE = new String[256];

  static {
    for (char c = 0; c < SINGLE.length; c++) {
      SINGLE[c] = String.valueOf(c);
    }
  }

  private final boolean dropTags;

  private StandardTokenizer(boolean dropTags) {
    this.dropTags = dropTags;
  }

  @Override
  public String name() {
    return dropTags ? "standard-without-tags" : "standard";
  }

  @Override
  public List<Token> tokenize(String text) {
    List<Token> tokens = new ArrayList<>(text.length() / 5 + 1);
    int i = 0;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      int characterClass = Characters.classOf(codePoint);
      if (characterClass == Characters.SPACE) {
        i++;
      } else if (dropTags && codePoint == '<' && Markup.end(text, i) > i) {
        i = Markup.end(text, i);
      } else if (characterClass == Characters.WORD || Words.startsSigned(text, i)) {
        int end = Words.end(text, i);
        addWord(tokens, text, i, end);
        i = end;
      } else {
        int end =
            characterClass == Characters.SOLO
                ? Words.skipExtends(text, i + Character.charCount(codePoint))
                : Symbols.end(text, i);
        tokens.add(token(text, i, end));
        i = end;
      }
    }
    return tokens;
  }

  /** Adds a word and the clitics at its end, which are found last first. */
  private static void addWord(List<Token> tokens, String text, int start, int end) {
    int first = tokens.size();
    int rest = end;
    int cut = Words.clitic(text, start, rest);
    while (cut > start) {
      tokens.add(token(text, cut, rest));
      rest = cut;
      cut = Words.clitic(text, start, rest);
    }
    tokens.add(token(text, start, rest));
    if (rest < end) {
      Collections.reverse(tokens.subList(first, tokens.size()));
    }
  }

  private static Token token(String text, int start, int end) {
    char c = text.charAt(start);
    boolean single = end == start + 1 && c < SINGLE.length;
    return new Token(single ? SINGLE[c] : text.substring(start, end), start, end);
  }
}
