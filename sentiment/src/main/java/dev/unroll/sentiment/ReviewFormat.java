package dev.unroll.sentiment;

import dev.unroll.data.JsonLine;
import dev.unroll.data.LineReader;
import dev.unroll.data.UserError;
import java.util.Optional;

/** How labelled reviews are written down. */
public enum ReviewFormat {
  /** {@code label<TAB>text}, one review a line. */
  TSV {
    @Override
    Review parse(LineReader lines, String line) {
      int tab = line.indexOf('\t');
      if (tab < 0 || line.indexOf('\t', tab + 1) >= 0) {
        long columns = 1 + line.chars().filter(c -> c == '\t').count();
        throw lines.error(
            "a review is two columns, label<TAB>text; found " + columns + "; fix the line");
      }
      return labelled(lines, line.substring(0, tab), line.substring(tab + 1));
    }
  },
  /** {@code __label__x text}, one review a line, as fastText reads it. */
  FASTTEXT {
    @Override
    Review parse(LineReader lines, String line) {
      if (!line.startsWith(LABEL_PREFIX)) {
        throw lines.error("a review begins with " + LABEL_PREFIX + " and its class; add it");
      }
      int end = LABEL_PREFIX.length();
      while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '\t') {
        end++;
      }
      String text = line.substring(Math.min(end + 1, line.length()));
      if (text.startsWith(LABEL_PREFIX)) {
        throw lines.error("a review has one class; this line has several; leave one");
      }
      return labelled(lines, line.substring(LABEL_PREFIX.length(), end), text);
    }
  },
  /** A JSON object with the keys {@code label} and {@code text}, one review a line. */
  JSONL {
    @Override
    Review parse(LineReader lines, String line) {
      JsonLine object = JsonLine.parse(lines, line, "label and text");
      return labelled(lines, object.string("label"), object.string("text"));
    }
  },
  /** A folder with a sub-folder for each class, and in it a {@code .txt} file for each review. */
  FOLDERS {
    @Override
    Review parse(LineReader lines, String line) {
      throw UserError.data(lines.name(), "is a file, not a folder of class folders");
    }
  };

  private static final String LABEL_PREFIX = "__label__";

  /** The review on a line; a {@link UserError} at the reader's line if it is none. */
  abstract Review parse(LineReader lines, String line);

  /** The format of a file that begins with this line. */
  static ReviewFormat of(LineReader lines, String firstLine) {
    return recognise(firstLine)
        .orElseThrow(
            () ->
                lines.error(
                    "a line of reviews is label<TAB>text, __label__x text, or JSON with label and text;"
                        + " this is none of them; fix it or name another file"));
  }

  /** The format of a file that begins with this line; empty if the line has no label. */
  static Optional<ReviewFormat> recognise(String firstLine) {
    if (firstLine.startsWith(LABEL_PREFIX)) {
      return Optional.of(FASTTEXT);
    }
    if (firstLine.indexOf('\t') >= 0 && !firstLine.matches("\\s*\\{\\s*\".*")) {
      return Optional.of(TSV);
    }
    return firstLine.strip().startsWith("{") ? Optional.of(JSONL) : Optional.empty();
  }

  private static Review labelled(LineReader lines, String label, String text) {
    if (label.isBlank()) {
      throw lines.error("the label is empty; every review to learn from or judge by has one");
    }
    return new Review(label, text);
  }
}
