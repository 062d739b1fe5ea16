package dev.unroll.charlm;

/**
 * A stretch of text that a model reads as a whole: a document, or a line.
 *
 * @param text without a line end where the passage is a line; the lines of a document end with LF
 * @param ended whether the text ends here, rather than having been cut in two by a split
 */
public record Passage(String text, boolean ended) {
  /** A passage that is whole. */
  public Passage(String text) {
    this(text, true);
  }

  /** Its length in Unicode code points. */
  public int characters() {
    return text.codePointCount(0, text.length());
  }
}
