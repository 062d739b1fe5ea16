package dev.unroll.sentiment;

import dev.unroll.cli.DataFile;
import dev.unroll.data.Corpus;

/** The small sample of reviews that comes with the program. */
final class Sample {
  static final DataFile TRAIN = DataFile.sample(Sample.class, "train.tsv");
  static final DataFile TEST = DataFile.sample(Sample.class, "test.tsv");

  private Sample() {}

  static Corpus<Review> train() {
    return ReviewFiles.read(TRAIN);
  }

  static Corpus<Review> test() {
    return ReviewFiles.read(TEST);
  }
}
