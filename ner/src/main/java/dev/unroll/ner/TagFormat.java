package dev.unroll.ner;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.UserError;
import java.util.Arrays;
import java.util.Locale;

/** How tagged sentences are written down. */
public enum TagFormat {
  /**
   * A word a line, in columns, the word first and the tag last, parted by tabs or by spaces; an
   * empty line ends a sentence. Lines that begin with {@code -DOCSTART-} are no sentences; an
   * evaluation counts them as conlleval does, as a token each that nobody calls a name.
   */
  CONLL,
  /**
   * A JSON object a line: {@code text}, and {@code spans} with {@code start}, {@code end} (in
   * characters, which are Unicode code points) and {@code type} or {@code label}.
   */
  JSONL;

  /** The format that {@code --format} names. */
  public static TagFormat named(String name) {
    for (TagFormat format : values()) {
      if (format.toString().equals(name)) {
        return format;
      }
    }
    throw UserError.usage(
        setting("format") + " is one of " + Arrays.toString(values()) + ", got " + name);
  }

  /** The format of a file whose first line with anything on it is this one. */
  static TagFormat of(String firstLine) {
    return firstLine.strip().startsWith("{") && firstLine.contains("\"text\"") ? JSONL : CONLL;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
