package dev.unroll.sentiment;

import dev.unroll.text.Corpus;
import dev.unroll.text.LineReader;
import dev.unroll.text.TextReader;
import dev.unroll.text.TextSource;
import dev.unroll.text.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads labelled reviews in any {@link ReviewFormat}, which it recognises by the first line. The
 * text is kept as it was written; lines without a character are passed over. Whatever else is wrong
 * is a {@link UserError} at its line.
 */
public final class ReviewReader {
  private ReviewReader() {}

  /** Reads a file or folder of UTF-8. */
  public static Corpus<Review> read(Path path) {
    return read(TextSource.of(path));
  }

  /** Reads a file, folder or standard input, and recognises the format. */
  public static Corpus<Review> read(TextSource source) {
    return source.isDirectory() ? ReviewFolders.read(source) : readLines(source, null);
  }

  /** Reads a file, folder or standard input in a format that is known. */
  public static Corpus<Review> read(TextSource source, ReviewFormat format) {
    if (format == ReviewFormat.FOLDERS && !source.isDirectory()) {
      throw UserError.data(source, "is no folder, as --format folders wants");
    }
    return format == ReviewFormat.FOLDERS ? ReviewFolders.read(source) : readLines(source, format);
  }

  private static Corpus<Review> readLines(TextSource source, ReviewFormat known) {
    List<Review> reviews = new ArrayList<>();
    ReviewFormat format = known;
    try (LineReader lines = source.open()) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (line.isEmpty()) {
          continue;
        }
        if (format == null) {
          format = ReviewFormat.of(lines, line);
        }
        reviews.add(format.parse(lines, line));
      }
      if (reviews.isEmpty()) {
        throw UserError.data(source, "no reviews in it; the file is empty");
      }
      return new Corpus<>(reviews, source.name(), lines.digest());
    }
  }

  /** A whole file as one text. */
  static String readAll(TextReader in) {
    StringBuilder text = new StringBuilder();
    char[] buffer = new char[1 << 13];
    for (int n = in.read(buffer, 0, buffer.length); n >= 0; n = in.read(buffer, 0, buffer.length)) {
      text.append(buffer, 0, n);
      if (text.length() > LineReader.MAX_LINE_LENGTH) {
        throw UserError.data(
            in.name(),
            String.format(
                "a review of more than %,d characters; break it up", LineReader.MAX_LINE_LENGTH));
      }
    }
    return text.toString();
  }
}
