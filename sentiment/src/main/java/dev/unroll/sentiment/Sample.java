package dev.unroll.sentiment;

import dev.unroll.data.Corpus;
import dev.unroll.data.TextSource;

/** The small sample of reviews that comes with the program. */
final class Sample {
  private Sample() {}

  static Corpus<Review> train() {
    return read("train.tsv");
  }

  static Corpus<Review> test() {
    return read("test.tsv");
  }

  private static Corpus<Review> read(String name) {
    String resource = "sample/" + name;
    return ReviewReader.read(
        TextSource.of("the sample " + name, Sample.class.getResourceAsStream(resource)));
  }
}
