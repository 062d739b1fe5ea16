package dev.unroll.translation;

import dev.unroll.cli.DataFile;
import dev.unroll.data.Corpus;

/** The small sample of sentence pairs, German to English, that comes with the program. */
final class Sample {
  static final DataFile TRAIN = DataFile.sample(Sample.class, "train.tsv");
  static final DataFile TEST = DataFile.sample(Sample.class, "test.tsv");

  private Sample() {}

  static Corpus<SentencePair> train() {
    return PairFiles.read(TRAIN);
  }

  static Corpus<SentencePair> test() {
    return PairFiles.read(TEST);
  }
}
