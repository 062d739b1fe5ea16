package dev.unroll.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Text as words and punctuation marks, and back: what a network learns to write in another language
 * must become text again. A mark {@link #JOINER} says where there was no space, as OpenNMT's
 * tokeniser has it. Punctuation bears it, so that a word is the same word whatever stands around
 * it.
 *
 * <pre>
 * Hello, world!      →  Hello ￭, world ￭!
 * (it's 3.50 €)      →  (￭ it ￭'￭ s 3 ￭.￭ 50 € ￭)
 * 東京 is "Tōkyō".     →  東 ￭京 is "￭ Tōkyō ￭" ￭.
 * </pre>
 *
 * <p>{@code join(split(text))} is the text with single spaces, and none at its ends, for every
 * text: one that has the joiner in it as well. Subwords of the words can be {@linkplain
 * dev.unroll.text.subwords.BytePairs cut and joined} in between. Case is kept.
 */
public final class ReversibleWords {
  /** Before or behind a token that no space parts from its neighbour on that side. */
  public static final char JOINER = '￭';

  /** What stands before a letter for one of both characters that text might have by chance. */
  private static final char ESCAPE = '￮';

  private static final char ESCAPED_JOINER = 'j';
  private static final char ESCAPED_ESCAPE = 'e';

  private final Tokenizer tokenizer;

  /** Cuts where letters and digits meet other characters, whatever the language. */
  public ReversibleWords() {
    this(Tokenizer.categories());
  }

  /**
   * Cuts as a tokenizer does.
   *
   * @param tokenizer one that leaves out white space and nothing else
   */
  public ReversibleWords(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** The tokens of a text with their joiners; none has white space in it. */
  public List<String> split(String text) {
    List<Token> tokens = tokenizer.tokenize(text);
    List<String> words = new ArrayList<>(tokens.size());
    boolean marked = false;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean before = i > 0 && tokens.get(i - 1).end() == token.start() && !marked;
      boolean touches = i + 1 < tokens.size() && tokens.get(i + 1).start() == token.end();
      // A word that follows a symbol leaves the joiner to that.
      boolean behind = touches && !isWord(token) && isWord(tokens.get(i + 1));
      String word = escape(token.text());
      words.add((before ? JOINER : "") + word + (behind ? JOINER : ""));
      marked = behind;
    }
    return words;
  }

  private static boolean isWord(Token token) {
    int first = Characters.classOf(token.text().codePointAt(0));
    return first == Characters.WORD || first == Characters.SOLO;
  }

  /** The text of tokens; any will do, also such as {@link #split} would not give. */
  public static String join(List<String> words) {
    StringBuilder text = new StringBuilder();
    boolean joined = true;
    for (String word : words) {
      int length = word.length();
      int start = length > 0 && word.charAt(0) == JOINER ? 1 : 0;
      boolean behind = length > 0 && word.charAt(length - 1) == JOINER;
      int end = behind && length > 1 ? length - 1 : length;
      if (!joined && start == 0 && end > 0) {
        text.append(' ');
      }
      text.append(unescape(word.substring(start, end)));
      joined = behind || joined && length == 0;
    }
    return text.toString();
  }

  private static String escape(String text) {
    if (text.indexOf(JOINER) < 0 && text.indexOf(ESCAPE) < 0) {
      return text;
    }
    return text.replace("" + ESCAPE, "" + ESCAPE + ESCAPED_ESCAPE)
        .replace("" + JOINER, "" + ESCAPE + ESCAPED_JOINER);
  }

  private static String unescape(String text) {
    if (text.indexOf(ESCAPE) < 0) {
      return text;
    }
    return text.replace("" + ESCAPE + ESCAPED_JOINER, "" + JOINER)
        .replace("" + ESCAPE + ESCAPED_ESCAPE, "" + ESCAPE);
  }
}
