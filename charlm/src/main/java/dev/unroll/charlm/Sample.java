package dev.unroll.charlm;

import dev.unroll.data.Corpus;
import dev.unroll.data.TextSource;

/** The small text that comes with the program. */
final class Sample {
  private Sample() {}

  static Corpus<Passage> train(Ending ending) {
    return PassageReader.read(
        TextSource.of("the sample", Sample.class.getResourceAsStream("sample/lighthouse.txt")),
        ending);
  }
}
