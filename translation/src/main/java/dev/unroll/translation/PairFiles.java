package dev.unroll.translation;

import dev.unroll.cli.DataFile;
import dev.unroll.data.Corpus;
import java.util.Locale;

/** Reads pairs as the options on the command line say. */
final class PairFiles {
  private PairFiles() {}

  static Corpus<SentencePair> read(DataFile file) {
    return SentencePairReader.read(file.parallel(), file.format(PairFormat.class));
  }

  /** What was recognised, in words. */
  static String describe(Corpus<SentencePair> pairs) {
    return String.format(Locale.ROOT, "%,d pairs, read as %s", pairs.size(), pairs.format());
  }
}
