package dev.unroll.charlm;

import dev.unroll.cli.DataFile;
import dev.unroll.data.Corpus;
import java.util.Locale;

/** Reads text as the options on the command line say. */
final class PassageFiles {
  private PassageFiles() {}

  static Corpus<Passage> read(DataFile file, Ending ending) {
    return PassageReader.read(file.plainText(), ending);
  }

  /** What was recognised, in words. */
  static String describe(Corpus<Passage> text, Ending ending) {
    return String.format(
        Locale.ROOT,
        "%,d characters in %,d %s, read as text",
        text.examples().stream().mapToLong(Passage::written).sum(),
        text.examples().stream().mapToLong(Passage::texts).sum(),
        ending == Ending.LINE ? "lines" : "documents");
  }
}
