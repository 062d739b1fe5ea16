package dev.unroll.music;

import com.google.gson.Gson;
import dev.unroll.data.AtomicFile;
import dev.unroll.data.UserError;
import dev.unroll.music.abc.AbcWriter;
import dev.unroll.music.midi.MidiScores;
import dev.unroll.music.midi.Synthesiser;
import dev.unroll.music.score.PianoRoll;
import dev.unroll.music.score.Score;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The formats that scores are written in, by the ending of a file's name. */
public enum ScoreFormat {
  /** A standard MIDI file of one piece. */
  MID,
  /** ABC of any number of pieces. */
  ABC,
  /** The sound of one piece. */
  WAV,
  /** A piano roll of any number of pieces. */
  JSON;

  /**
   * The format that a name asks for.
   *
   * @throws UserError if it asks for none
   */
  public static ScoreFormat of(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> name.endsWith("." + format.name().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseGet(
            () -> {
              if (name.endsWith(".midi")) {
                return MID;
              }
              throw UserError.usage(
                  "music is written to files that end with .mid, .abc, .wav or .json, got " + file);
            });
  }

  /** Whether a file holds one piece and no more. */
  public boolean isOfOne() {
    return this == MID || this == WAV;
  }

  /**
   * Writes pieces; an existing file is replaced at once or not at all.
   *
   * @param step ticks of a step of a piano roll
   * @throws UserError if they cannot be written, or not in this format, which may hold one piece
   *     only
   */
  public void write(List<Score> pieces, int step, Path file) {
    if (isOfOne() && pieces.size() != 1) {
      throw UserError.usage(
          "%s holds one piece, got %d; write them to a file that ends with .abc or .json"
              .formatted(file, pieces.size()));
    }
    AtomicFile.write(file, out -> write(pieces, step, out));
  }

  private void write(List<Score> pieces, int step, OutputStream out) throws IOException {
    switch (this) {
      case MID -> MidiScores.write(pieces.get(0), out);
      case WAV -> Synthesiser.write(pieces.get(0), out);
      case ABC -> out.write(abc(pieces).getBytes(StandardCharsets.UTF_8));
      case JSON -> {
        List<int[][]> rolls = pieces.stream().map(piece -> PianoRoll.of(piece, step)).toList();
        out.write((new Gson().toJson(rolls) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static String abc(List<Score> pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces.size(); i++) {
      text.append(i > 0 ? "\n" : "").append(AbcWriter.write(pieces.get(i), i + 1));
    }
    return text.toString();
  }
}
