package dev.unroll.music;

import dev.unroll.music.score.Change;
import dev.unroll.music.score.Key;
import dev.unroll.music.score.Metre;
import dev.unroll.music.score.Mode;
import dev.unroll.music.score.Note;
import dev.unroll.music.score.Score;
import dev.unroll.music.score.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Scores at random: several voices, chords, rests, notes across each other and across bars. */
public final class RandomScores {
  private static final Metre[] METRES = {
    new Metre(2, 4), new Metre(3, 4), Metre.COMMON, new Metre(6, 8), new Metre(9, 8)
  };

  private RandomScores() {}

  /**
   * A score.
   *
   * @param step all times are multiples of so many ticks
   */
  public static Score next(Random random, int step, int mostVoices) {
    int voices = 1 + random.nextInt(mostVoices);
    List<Note> notes = new ArrayList<>();
    int count = random.nextInt(60);
    int span = 1 + random.nextInt(16 * Score.QUARTER / step);
    for (int i = 0; i < count; i++) {
      int length = 1 + random.nextInt(random.nextInt(8) == 0 ? 10 * Score.QUARTER / step : 24);
      notes.add(
          new Note(
              random.nextInt(voices),
              30 + random.nextInt(60),
              random.nextInt(span) * step,
              length * step));
    }
    List<Note> untangled = Score.untangled(notes);
    int end = untangled.stream().mapToInt(Note::end).max().orElse(0);
    Metre metre = METRES[random.nextInt(METRES.length)];
    Key key = new Key(random.nextInt(15) - 7, Mode.values()[random.nextInt(7)]);
    List<Voice> all = new ArrayList<>();
    for (int i = 0; i < voices; i++) {
      all.add(Voice.PIANO);
    }
    return new Score(
        "at random",
        "",
        all,
        untangled,
        end + random.nextInt(3) * step,
        List.of(),
        List.of(new Change<>(0, metre)),
        List.of(new Change<>(0, key)),
        List.of());
  }
}
