package dev.unroll.charlm;

/**
 * A stretch of text: a document, a line, or many lines.
 *
 * @param text the lines of a document end with LF; between lines that are texts of their own there
 *     is one
 * @param texts how many documents or lines that is
 * @param ended whether the last one ends here, rather than having been cut in two by a split
 */
public record Passage(Text text, long texts, boolean ended) {
  /** A document or a line that is whole. */
  public Passage(String text) {
    this(text, true);
  }

  /** A document or a line, whole or cut. */
  public Passage(String text, boolean ended) {
    this(Text.of(text), 1, ended);
  }

  /** Its length in Unicode code points. */
  public long characters() {
    return text.characters();
  }

  /** The same without the ends of lines that are texts. */
  long written() {
    return characters() - Math.max(0, texts - 1);
  }

  /** The code points from {@code from} on and before {@code to}. */
  Passage cut(long from, long to) {
    return from == 0 && to == characters()
        ? this
        : new Passage(text.part(from, to), texts, ended && to == characters());
  }

  /** The lines whose first character, or end if they are empty, is there; maybe none. */
  Passage lines(long from, long to) {
    if (from == 0 && to > characters()) {
      return this;
    }
    LineStart first = LineStart.find(this, from);
    LineStart behind = LineStart.find(this, to);
    return first.place() == behind.place()
        ? new Passage(Text.of(""), 0, true)
        : new Passage(
            text.part(first.place(), behind.place() - 1),
            Math.max(1, behind.line() - first.line()),
            true);
  }
}
