package dev.unroll.music;

import dev.unroll.music.abc.AbcWriter;
import dev.unroll.music.score.Score;

/**
 * What was found to sound below a melody, with the keys that scripts rely on.
 *
 * @param name of the melody
 * @param notes of the whole
 * @param added those below the melody
 * @param abc the whole as a tune of ABC
 */
record Harmonised(String name, int notes, long added, String abc) {
  /**
   * What a harmonised melody says of itself.
   *
   * @param number of the tune in its file
   */
  static Harmonised of(Score score, int number) {
    return new Harmonised(
        score.name(),
        score.notes().size(),
        score.notes().stream().filter(note -> note.voice() == 1).count(),
        AbcWriter.write(score, number));
  }
}
