package dev.unroll.ner;

/** Where the Unicode code points of a text begin; counting to each from the beginning is slow. */
final class CodePoints {
  private final int[] offsets; // null if each is one UTF-16 code unit
  private final int count;

  CodePoints(String text) {
    count = text.codePointCount(0, text.length());
    offsets = count == text.length() ? null : new int[count + 1];
    if (offsets != null) {
      for (int i = 0; i < count; i++) {
        offsets[i + 1] = offsets[i] + Character.charCount(text.codePointAt(offsets[i]));
      }
    }
  }

  int count() {
    return count;
  }

  /**
   * The index of a code point in UTF-16 code units; for the one after the last, the length.
   *
   * @throws IndexOutOfBoundsException if the text has not so many
   */
  int offset(int codePoint) {
    if (codePoint < 0 || codePoint > count) {
      throw new IndexOutOfBoundsException(codePoint + " of " + count + " code points");
    }
    return offsets == null ? codePoint : offsets[codePoint];
  }
}
