package dev.unroll.sentiment;

import dev.unroll.cli.FormatOptions;
import dev.unroll.data.Corpus;
import dev.unroll.data.TextSource;
import java.util.List;
import java.util.Optional;

/** Reads reviews as the options on the command line say. */
final class ReviewFiles {
  private ReviewFiles() {}

  static Corpus<Review> read(String location, FormatOptions format, Optional<List<String>> labels) {
    return ReviewReader.read(
        TextSource.of(location).withCharset(format.charset()),
        format.format().map(ReviewFormat::named),
        labels);
  }
}
