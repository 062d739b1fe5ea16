package dev.unroll.sentiment;

import dev.unroll.data.Corpus;
import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads texts without labels: one a line, or in a {@link ReviewFormat}, recognised by the first
 * line, whose labels are passed over. Lines without a character are passed over too.
 */
public final class UnlabelledReader {
  private UnlabelledReader() {}

  /**
   * Reads a file, folder or standard input.
   *
   * @throws UserError if there is no text in it, or a line is not in the format of the first
   */
  public static Corpus<Review> read(TextSource source) {
    if (source.isDirectory()) {
      return withoutLabels(ReviewFolders.read(source, Optional.empty()));
    }
    List<Review> reviews = new ArrayList<>();
    Optional<ReviewFormat> format = Optional.empty();
    try (LineReader lines = source.open()) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (line.isBlank()) {
          continue;
        }
        if (reviews.isEmpty()) {
          format = ReviewFormat.recognise(line);
        }
        String text = format.isPresent() ? format.get().parse(lines, line).text() : line;
        reviews.add(Review.unlabelled(text));
      }
      if (reviews.isEmpty()) {
        throw UserError.data(source, "no texts in it; the file is empty");
      }
      return new Corpus<>(
          reviews, source.name(), lines.digest(), format.map(Enum::toString).orElse("text"));
    }
  }

  private static Corpus<Review> withoutLabels(Corpus<Review> reviews) {
    return new Corpus<>(
        reviews.examples().stream().map(review -> Review.unlabelled(review.text())).toList(),
        reviews.source(),
        reviews.digest());
  }
}
