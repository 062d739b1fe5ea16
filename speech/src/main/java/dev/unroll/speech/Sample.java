package dev.unroll.speech;

import dev.unroll.cli.DataFile;
import dev.unroll.data.AtomicFile;
import dev.unroll.data.Corpus;
import dev.unroll.data.LineReader;
import dev.unroll.data.UserError;
import dev.unroll.sound.SoundWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The small sample that comes with the program: what a {@link Voice} says for it, line by line. */
final class Sample {
  static final DataFile TRAIN = DataFile.sample(Sample.class, "train.tsv");
  static final DataFile TEST = DataFile.sample(Sample.class, "test.tsv");

  private Sample() {}

  static Corpus<Utterance> train() {
    return spoken(TRAIN);
  }

  static Corpus<Utterance> test() {
    return spoken(TEST);
  }

  private static Corpus<Utterance> spoken(DataFile file) {
    List<Utterance> utterances = new ArrayList<>();
    String digest =
        forEach(
            file,
            (name, wav, text, speaker) ->
                utterances.add(new Utterance(Recording.of(name, wav), text, speaker)));
    return new Corpus<>(utterances, file.toString(), digest, UtteranceFormat.TSV);
  }

  private interface Reader {
    void read(String name, byte[] wav, String text, String speaker);
  }

  /** Each line is {@code speaker<TAB>digits}. */
  private static String forEach(DataFile file, Reader reader) {
    try (LineReader lines = file.text().open()) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        String[] cells = line.split("\t");
        byte[] wav = SoundWriter.wav(new Voice(cells[0], lines.line()).say(cells[1]));
        reader.read(cells[0] + "-" + lines.line() + ".wav", wav, cells[1], cells[0]);
      }
      return lines.digest();
    }
  }

  /**
   * Writes the recordings, and a manifest of each part beside them.
   *
   * @throws UserError if that cannot be written, or something of the kind is there already
   */
  static void write(Path folder) {
    for (DataFile file : List.of(TRAIN, TEST)) {
      Path manifest = folder.resolve(file == TRAIN ? "train.tsv" : "test.tsv");
      if (Files.exists(manifest)) {
        throw UserError.usage(manifest + " is there already; name another folder");
      }
      StringBuilder lines = new StringBuilder();
      forEach(
          file,
          (name, wav, text, speaker) -> {
            try {
              Files.createDirectories(folder.resolve("wav"));
              Files.write(folder.resolve("wav").resolve(name), wav);
            } catch (IOException e) {
              throw UserError.failed(folder + " cannot be written to: " + e.getMessage(), e);
            }
            lines.append("wav/%s\t%s\t%s\n".formatted(name, text, speaker));
          });
      AtomicFile.write(manifest, lines.toString());
    }
  }
}
