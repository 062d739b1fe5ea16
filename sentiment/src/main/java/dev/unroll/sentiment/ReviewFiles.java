package dev.unroll.sentiment;

import dev.unroll.cli.DataFile;
import dev.unroll.data.Corpus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads reviews as the options on the command line say. */
final class ReviewFiles {
  private static final int MOST_SHOWN = 10;

  private ReviewFiles() {}

  static Corpus<Review> read(DataFile file) {
    return read(file, Optional.empty());
  }

  /** The labels of dev and test are those of the training data. */
  static Corpus<Review> read(DataFile file, Corpus<Review> training) {
    return read(file, Optional.of(labels(training)));
  }

  static Corpus<Review> read(DataFile file, Optional<List<String>> labels) {
    return ReviewReader.read(file.text(), file.format(ReviewFormat.class), labels);
  }

  /** What was recognised, in words. */
  static String describe(Corpus<Review> reviews) {
    List<String> labels = labels(reviews);
    return String.format(
        Locale.ROOT,
        "%,d reviews, %d labels%s, read as %s",
        reviews.size(),
        labels.size(),
        labels.size() <= MOST_SHOWN ? " " + labels : "",
        reviews.format());
  }

  private static List<String> labels(Corpus<Review> reviews) {
    return reviews.examples().stream().map(Review::label).distinct().sorted().toList();
  }
}
