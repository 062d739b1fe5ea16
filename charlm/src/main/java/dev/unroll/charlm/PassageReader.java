package dev.unroll.charlm;

import dev.unroll.data.Corpus;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.util.List;

/**
 * Reads plain text, packed with gzip or not: a file, standard input, or a folder of files, which
 * are read in the order of their names. Line ends become LF, whichever they were.
 *
 * <p>A file is read to its end here and does not stay in memory; who uses its passages reads it
 * again. Of standard input, a copy is kept; see {@link TextSource#reopenable}.
 */
public final class PassageReader {
  private PassageReader() {}

  /**
   * Reads all of {@code source}.
   *
   * @param ending whether the texts are files or the lines of them
   * @throws UserError if it cannot be read, or holds no text
   */
  public static Corpus<Passage> read(TextSource source, Ending ending) {
    Corpus<Passage> passages =
        source.isDirectory() ? PassageFolder.read(source, ending) : readFile(source, ending);
    if (passages.examples().stream().allMatch(passage -> passage.written() == 0)) {
      throw UserError.data(source, "no text in it");
    }
    return passages;
  }

  /** A file, which may be empty: one document, or no lines. */
  static Corpus<Passage> readFile(TextSource source, Ending ending) {
    FileText.Scanned file = FileText.scan(source.reopenable(), ending);
    long texts = ending == Ending.LINE ? file.pieces() : 1;
    List<Passage> passages =
        texts == 0 ? List.of() : List.of(new Passage(file.text(), texts, true));
    return new Corpus<>(passages, source.name(), file.digest());
  }
}
