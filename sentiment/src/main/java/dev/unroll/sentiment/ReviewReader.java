package dev.unroll.sentiment;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.Corpus;
import dev.unroll.data.LineReader;
import dev.unroll.data.TextReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    return read(source, Optional.empty(), Optional.empty());
  }

  /** Reads a file, folder or standard input in a format that is known. */
  public static Corpus<Review> read(TextSource source, ReviewFormat format) {
    return read(source, Optional.of(format), Optional.empty());
  }

  /**
   * Reads a file, folder or standard input.
   *
   * @param format empty to recognise it
   * @param labels the only ones that a review may have, such as those that a model knows; empty if
   *     any will do
   */
  public static Corpus<Review> read(
      TextSource source, Optional<ReviewFormat> format, Optional<List<String>> labels) {
    boolean folders = format.map(ReviewFormat.FOLDERS::equals).orElse(source.isDirectory());
    if (folders && !source.isDirectory()) {
      throw UserError.data(
          source, "is no folder, as %s folders wants".formatted(setting("format")));
    }
    return folders
        ? ReviewFolders.read(source, labels)
        : readLines(source, format.orElse(null), labels);
  }

  private static Corpus<Review> readLines(
      TextSource source, ReviewFormat known, Optional<List<String>> labels) {
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
        Review review = format.parse(lines, line);
        if (!allowed(review.label(), labels)) {
          throw lines.error(unknownLabel(review.label(), labels));
        }
        reviews.add(review);
      }
      if (reviews.isEmpty()) {
        throw UserError.data(source, "no reviews in it; the file is empty");
      }
      return new Corpus<>(reviews, source.name(), lines.digest(), format);
    }
  }

  static boolean allowed(String label, Optional<List<String>> labels) {
    return labels.isEmpty() || labels.get().contains(label);
  }

  static String unknownLabel(String label, Optional<List<String>> labels) {
    return "the label '"
        + label
        + "' is not among those of the training data, "
        + labels.orElseThrow()
        + "; fix it, or train with it";
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
