package dev.unroll.dna;

import dev.unroll.cli.DataFile;
import dev.unroll.data.Corpus;
import java.util.Optional;

/** The small samples of generated strands that come with the program. */
final class Sample {
  /** Strands with a label each, whole. */
  static final DataFile TRAIN = DataFile.sample(Sample.class, "train.tsv");

  static final DataFile TEST = DataFile.sample(Sample.class, "test.tsv");

  private Sample() {}

  static Corpus<Strand> train() {
    return StrandReader.read(TRAIN.text(), Optional.empty());
  }

  static Corpus<Strand> test() {
    return StrandReader.read(TEST.text(), Optional.empty());
  }
}
