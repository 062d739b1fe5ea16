package dev.unroll.ner;

import dev.unroll.cli.DataFile;
import dev.unroll.data.Corpus;

/** The small sample of sentences that comes with the program. */
final class Sample {
  static final DataFile TRAIN = DataFile.sample(Sample.class, "train.conll");
  static final DataFile TEST = DataFile.sample(Sample.class, "test.conll");

  private Sample() {}

  static Corpus<TaggedSentence> train() {
    return TagFiles.read(TRAIN);
  }

  static Corpus<TaggedSentence> test() {
    return TagFiles.read(TEST);
  }
}
