package dev.unroll.music;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.music.score.Melody;
import dev.unroll.music.score.Note;
import dev.unroll.music.score.Score;
import dev.unroll.music.score.Voice;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RepertoireTest {
  @Test
  void aCopyInAnotherKeyShows() {
    Repertoire repertoire = Repertoire.of(Tunes.pieces());
    Score copy = Tunes.pieces().get(1).score().transposed(-5);
    Repertoire.Likeness near = repertoire.nearest(copy).orElseThrow();
    assertThat(near.piece()).isEqualTo("Down and Up");
    assertThat(near.notes()).isEqualTo(10);
    assertThat(near.of()).isEqualTo(10);
    assertThat(near.start()).isZero();
    assertThat(near.end()).isEqualTo(copy.length());
    assertThat(repertoire.lowest()).isEqualTo(60);
    assertThat(repertoire.highest()).isEqualTo(79);
  }

  @Test
  void aPieceOfOneNoteIsLikeNone() {
    Score one = Score.of(List.of(Voice.PIANO), List.of(new Note(0, 60, 0, 480)), 480);
    assertThat(Repertoire.of(Tunes.pieces()).nearest(one)).isEmpty();
  }

  /** Against all pairs of places. */
  @Test
  void findsTheLongestRun() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      int[] a = random.ints(random.nextInt(20), 0, 3).toArray();
      int[] b = random.ints(random.nextInt(20), 0, 3).toArray();
      int best = 0;
      for (int i = 0; i < a.length; i++) {
        for (int j = 0; j < b.length; j++) {
          int run = 0;
          while (i + run < a.length && j + run < b.length && a[i + run] == b[j + run]) {
            run++;
          }
          best = Math.max(best, run);
        }
      }
      int[] found = Repertoire.longest(a, b);
      assertThat(found[0]).isEqualTo(best);
      int[] run = Arrays.copyOfRange(a, found[1], found[1] + found[0]);
      assertThat(Arrays.toString(b).replaceAll("[\\[\\]]", ","))
          .contains(Arrays.toString(run).replaceAll("[\\[\\]]", ""));
    }
  }

  @Test
  void theMelodyIsWhatIsHighest() {
    Score score =
        Score.of(
            List.of(Voice.PIANO),
            List.of(
                new Note(0, 60, 0, 480),
                new Note(0, 72, 0, 480),
                new Note(0, 65, 240, 240), // the 72 sounds on above it
                new Note(0, 64, 480, 480),
                new Note(0, 76, 720, 240)),
            960);
    assertThat(Melody.notes(score)).extracting(Note::pitch).containsExactly(72, 64, 76);
  }
}
