package dev.unroll.text;

import dev.unroll.data.LineReader;
import dev.unroll.data.UserError;
import java.util.Optional;

/** Reads word vectors that are lines of text. */
final class TextVectors {
  private final LineReader lines;
  private final WordVectorsBuilder vectors;
  private int[] starts;
  private int[] ends;

  private TextVectors(LineReader lines, WordVectorsBuilder vectors) {
    this.lines = lines;
    this.vectors = vectors;
  }

  static void read(LineReader lines, WordVectorsBuilder vectors) {
    new TextVectors(lines, vectors).read();
  }

  private void read() {
    if (lines.peek() == null) {
      throw UserError.data(lines.name(), "no word vectors in it; the file is empty");
    }
    Optional<VectorsHeader> header = VectorsHeader.parse(lines.peek());
    if (header.isPresent()) {
      lines.next();
      vectors.expect(header.get().words());
      vectors.dimensions(header.get().dimensions());
    } else {
      vectors.dimensions(fields(lines.peek()) - 1);
    }
    starts = new int[vectors.dimensions()];
    ends = new int[vectors.dimensions()];
    while (!vectors.isFull()) {
      String line = lines.next();
      if (line == null) {
        break;
      }
      readLine(line);
    }
  }

  private void readLine(String line) {
    String word = wordBeforeValues(line);
    if (vectors.wants(word)) {
      int start = vectors.add(word);
      float[] values = vectors.values();
      for (int d = 0; d < starts.length; d++) {
        values[start + d] = number(line.substring(starts[d], ends[d]));
      }
    }
  }

  /**
   * Finds the values from the end of the line, for words of GloVe's largest files hold spaces
   * ({@code . . .}). What is left of a word's spaces must not be numbers, or a vector that is too
   * long would pass for a longer word.
   */
  private String wordBeforeValues(String line) {
    int end = trimmed(line, line.length());
    for (int d = starts.length - 1; d >= 0; d--) {
      int start = end;
      while (start > 0 && !isSeparator(line.charAt(start - 1))) {
        start--;
      }
      if (start == 0) {
        throw wrongLength(line);
      }
      starts[d] = start;
      ends[d] = end;
      end = trimmed(line, start);
    }
    String word = line.substring(0, end);
    int space = Math.max(word.lastIndexOf(' '), word.lastIndexOf('\t'));
    if (word.isEmpty() || space >= 0 && !Float.isNaN(parse(word.substring(space + 1)))) {
      throw wrongLength(line);
    }
    return word;
  }

  private UserError wrongLength(String line) {
    int found = Math.max(0, fields(line) - (line.isEmpty() || isSeparator(line.charAt(0)) ? 0 : 1));
    return lines.error(
        "a line is a word and "
            + vectors.dimensions()
            + " values, as many as in the first; found "
            + found
            + " values; fix the line");
  }

  private float number(String text) {
    float value = parse(text);
    if (Float.isNaN(value) || Float.isInfinite(value)) {
      throw lines.error("'" + text + "' is no number that a vector can hold; fix the line");
    }
    return value;
  }

  /** NaN if it is no number. */
  private static float parse(String text) {
    try {
      return Float.parseFloat(text);
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }

  private static int fields(String line) {
    int fields = 0;
    for (int i = 0; i < line.length(); i++) {
      if (!isSeparator(line.charAt(i)) && (i == 0 || isSeparator(line.charAt(i - 1)))) {
        fields++;
      }
    }
    return fields;
  }

  private static int trimmed(String line, int end) {
    int i = end;
    while (i > 0 && isSeparator(line.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  private static boolean isSeparator(char c) {
    return c == ' ' || c == '\t';
  }
}
