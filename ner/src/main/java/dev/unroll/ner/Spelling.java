package dev.unroll.ner;

import dev.unroll.text.Vocabulary;
import java.util.Arrays;

/**
 * What a word looks like, in numbers: its characters, and how it is capitalised.
 *
 * <p>Character numbers are 0 for none, 1 and 2 for the beginning and the end of the word, and from
 * 3 on those of a {@link Vocabulary} of characters (code points), whose unknown one is 3.
 */
final class Spelling {
  /** Character numbers beside those of the vocabulary. */
  static final int SPECIAL = 3;

  /** Shapes are numbers below this. */
  static final int SHAPES = 8;

  private static final int BEGINNING = 1;
  private static final int END = 2;

  /** Of a longer word the first and the last characters are read; a name is not that long. */
  private static final int HEAD = 24;

  private static final int TAIL = 8;

  private Spelling() {}

  /** The characters of a word, each as a string. */
  static String[] characters(String word) {
    return word.codePoints().mapToObj(Character::toString).toArray(String[]::new);
  }

  /** Character numbers, the word's beginning and end among them. */
  static int[] numbers(String word, Vocabulary alphabet) {
    int[] codePoints = word.codePoints().toArray();
    if (codePoints.length > HEAD + TAIL) {
      int[] read = Arrays.copyOf(codePoints, HEAD + TAIL);
      System.arraycopy(codePoints, codePoints.length - TAIL, read, HEAD, TAIL);
      codePoints = read;
    }
    int[] numbers = new int[codePoints.length + 2];
    numbers[0] = BEGINNING;
    for (int i = 0; i < codePoints.length; i++) {
      numbers[i + 1] = SPECIAL + alphabet.id(Character.toString(codePoints[i]));
    }
    numbers[numbers.length - 1] = END;
    return numbers;
  }

  /**
   * How a word is capitalised (R. Collobert et al., <i>Natural Language Processing (almost) from
   * Scratch</i>, JMLR 2011, section 4.5, and numbers beside).
   */
  static int shape(String word) {
    int upper = 0;
    int lower = 0;
    int digits = 0;
    int length = 0;
    for (int c : (Iterable<Integer>) word.codePoints()::iterator) {
      upper += Character.isUpperCase(c) || Character.isTitleCase(c) ? 1 : 0;
      lower += Character.isLowerCase(c) ? 1 : 0;
      digits += Character.isDigit(c) ? 1 : 0;
      length++;
    }
    boolean initial = length > 0 && Character.isUpperCase(word.codePointAt(0));
    if (digits > 0) {
      return digits == length ? 7 : 6;
    }
    if (upper == 0) {
      return lower == 0 ? 0 : lower == length ? 1 : 2;
    }
    return upper == length ? 3 : initial && upper == 1 ? 4 : 5;
  }
}
