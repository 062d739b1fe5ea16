package dev.unroll.charlm;

import dev.unroll.cli.DataFile;
import dev.unroll.data.Corpus;

/** The small text that comes with the program. */
final class Sample {
  static final DataFile TRAIN = DataFile.sample(Sample.class, "lighthouse.txt");

  private Sample() {}

  static Corpus<Passage> train(Ending ending) {
    return PassageFiles.read(TRAIN, ending);
  }
}
