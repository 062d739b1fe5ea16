package dev.unroll.charlm;

import dev.unroll.data.LineReader;
import dev.unroll.data.TextReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.util.function.Consumer;

/**
 * Text in a file, or a part of it: of which the file was known to be the same when it was read
 * before. Line ends are LF, whichever they were; the last line has none where the file was read by
 * lines.
 */
final class FileText implements Text {
  private static final int BUFFER = 1 << 15;

  private final TextSource source;
  private final Ending ending;
  private final String digest;
  private final long from;
  private final long to;

  private FileText(TextSource source, Ending ending, String digest, long from, long to) {
    this.source = source;
    this.ending = ending;
    this.digest = digest;
    this.from = from;
    this.to = to;
  }

  /**
   * A file that was read once.
   *
   * @param text all of it
   * @param pieces in which it was handed over: lines, if it was read by lines
   * @param digest SHA-256 of the bytes as they are stored
   */
  record Scanned(Text text, long pieces, String digest) {}

  /**
   * Reads a file for the first time, to know how long it is.
   *
   * @param source that can be opened again
   */
  static Scanned scan(TextSource source, Ending ending) {
    long[] counted = new long[2];
    String digest =
        read(
            source,
            ending,
            piece -> {
              counted[0] += piece.codePointCount(0, piece.length());
              counted[1]++;
            });
    return new Scanned(new FileText(source, ending, digest, 0, counted[0]), counted[1], digest);
  }

  @Override
  public long characters() {
    return to - from;
  }

  @Override
  public Text part(long begin, long end) {
    return new FileText(source, ending, digest, from + begin, from + end);
  }

  /** To the end of the file, whatever the part: only there it is known to be as it was. */
  @Override
  public void read(Consumer<String> pieces) {
    long[] at = {0};
    String now =
        read(
            source,
            ending,
            piece -> {
              long begin = at[0];
              int length = piece.codePointCount(0, piece.length());
              at[0] += length;
              if (begin >= from && at[0] <= to) {
                pieces.accept(piece);
              } else if (begin < to && at[0] > from) {
                Text cut =
                    Text.of(piece).part(Math.max(from - begin, 0), Math.min(to - begin, length));
                cut.read(pieces);
              }
            });
    if (!now.equals(digest)) {
      throw UserError.data(
          source, "was changed after it was first read; begin again, and leave it as it is");
    }
  }

  /** All of a file; its digest. */
  private static String read(TextSource source, Ending ending, Consumer<String> pieces) {
    return ending == Ending.LINE ? lines(source, pieces) : document(source, pieces);
  }

  /** Every line but the first has the end of the one before it at its beginning. */
  private static String lines(TextSource source, Consumer<String> pieces) {
    try (LineReader lines = source.open()) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        pieces.accept(lines.line() == 1 ? line : "\n" + line);
      }
      return lines.digest();
    }
  }

  private static String document(TextSource source, Consumer<String> pieces) {
    try (TextReader in = source.openReader()) {
      char[] read = new char[BUFFER];
      StringBuilder text = new StringBuilder(BUFFER + 1);
      boolean afterReturn = false;
      for (int n = in.read(read, 0, BUFFER); n >= 0; n = in.read(read, 0, BUFFER)) {
        for (int i = 0; i < n; i++) {
          char c = read[i];
          if (c != '\n' || !afterReturn) {
            text.append(c == '\r' ? '\n' : c);
          }
          afterReturn = c == '\r';
        }
        int whole = text.length();
        if (whole > 0 && Character.isHighSurrogate(text.charAt(whole - 1))) {
          whole--; // the other half comes next
        }
        pieces.accept(text.substring(0, whole));
        text.delete(0, whole);
      }
      return in.digest();
    }
  }

  /** Which text it is; not where it is. */
  @Override
  public String toString() {
    return "%d to %d of %s in %s by %s".formatted(from, to, digest, source.charset(), ending);
  }
}
