package dev.unroll.music;

import dev.unroll.cli.DataFile;

/** The small collection of tunes that comes with the program. */
final class Sample {
  static final DataFile TRAIN = DataFile.sample(Sample.class, "tunes.abc");

  private Sample() {}
}
