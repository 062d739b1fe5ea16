package dev.unroll.ner;

/** How tagged sentences are written down. */
public enum TagFormat {
  /**
   * A word a line, in columns, the word first and the tag last, separated by tabs or by spaces; an
   * empty line ends a sentence. Lines that begin with {@code -DOCSTART-} are no sentences; an
   * evaluation counts them as conlleval does, as a token each that nobody calls a name.
   */
  CONLL,
  /**
   * A JSON object a line: {@code text}, and {@code spans} with {@code start}, {@code end} (in
   * characters, which are Unicode code points) and {@code type} or {@code label}.
   */
  JSONL;

  /** The format of a file whose first line with anything on it is this one. */
  static TagFormat of(String firstLine) {
    return firstLine.strip().startsWith("{") && firstLine.contains("\"text\"") ? JSONL : CONLL;
  }
}
