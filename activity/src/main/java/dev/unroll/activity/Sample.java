package dev.unroll.activity;

import dev.unroll.cli.DataFile;
import dev.unroll.data.Corpus;

/** The small sample of generated motions that comes with the program. */
final class Sample {
  static final DataFile TRAIN = DataFile.sample(Sample.class, "train.csv.gz");
  static final DataFile TEST = DataFile.sample(Sample.class, "test.csv.gz");

  private Sample() {}

  static Corpus<Recording> train() {
    return RecordingFiles.read(TRAIN);
  }

  static Corpus<Recording> test() {
    return RecordingFiles.read(TEST);
  }
}
