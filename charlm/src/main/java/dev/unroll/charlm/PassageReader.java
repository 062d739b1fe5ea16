package dev.unroll.charlm;

import dev.unroll.data.Corpus;
import dev.unroll.data.LineReader;
import dev.unroll.data.TextReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads plain text, packed with gzip or not: a file, standard input, or a folder of files, which
 * are read in the order of their names. Line ends become LF, whichever they were.
 */
public final class PassageReader {
  /** So that offsets into a document, and the arrays over it, stay within what Java can index. */
  private static final int MAX_DOCUMENT = 1 << 30;

  private PassageReader() {}

  /**
   * Reads all of {@code source}.
   *
   * @param ending whether a passage is a file or a line of one
   * @throws UserError if it cannot be read, or holds no text
   */
  public static Corpus<Passage> read(TextSource source, Ending ending) {
    Corpus<Passage> passages =
        source.isDirectory() ? PassageFolder.read(source, ending) : readFile(source, ending);
    if (passages.examples().stream().allMatch(passage -> passage.text().isEmpty())) {
      throw UserError.data(source, "no text in it");
    }
    return passages;
  }

  /** A file, which may be empty. */
  static Corpus<Passage> readFile(TextSource source, Ending ending) {
    return ending == Ending.LINE ? lines(source) : document(source);
  }

  private static Corpus<Passage> lines(TextSource source) {
    List<Passage> passages = new ArrayList<>();
    try (LineReader lines = source.open()) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        passages.add(new Passage(line));
      }
      return new Corpus<>(passages, source.name(), lines.digest());
    }
  }

  private static Corpus<Passage> document(TextSource source) {
    StringBuilder text = new StringBuilder();
    try (TextReader in = source.openReader()) {
      char[] buffer = new char[1 << 15];
      boolean afterReturn = false;
      for (int n = in.read(buffer, 0, buffer.length);
          n >= 0;
          n = in.read(buffer, 0, buffer.length)) {
        for (int i = 0; i < n; i++) {
          char c = buffer[i];
          if (c != '\n' || !afterReturn) {
            text.append(c == '\r' ? '\n' : c);
          }
          afterReturn = c == '\r';
        }
        if (text.length() > MAX_DOCUMENT) {
          throw UserError.data(
              source,
              String.format(
                  "longer than %,d characters; cut it into several files in one folder",
                  MAX_DOCUMENT));
        }
      }
      return new Corpus<>(List.of(new Passage(text.toString())), source.name(), in.digest());
    }
  }
}
