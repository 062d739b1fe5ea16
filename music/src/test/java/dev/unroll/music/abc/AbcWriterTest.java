package dev.unroll.music.abc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.music.RandomScores;
import dev.unroll.music.score.Change;
import dev.unroll.music.score.Key;
import dev.unroll.music.score.Metre;
import dev.unroll.music.score.Note;
import dev.unroll.music.score.Score;
import dev.unroll.music.score.Voice;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AbcWriterTest {
  /** What is written is read again, note for note, and its bars add up. */
  @Test
  void aScoreComesBack() {
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      Score score = RandomScores.next(random, i % 2 == 0 ? 20 : 60, 3);
      if (score.length() == 0) {
        continue;
      }
      String abc = AbcWriter.write(score, 1);
      Score back = new AbcReader("written").tune(abc).score();
      assertThat(sounds(back)).as(abc).isEqualTo(sounds(score));
      assertThat(back.keyAt(0)).as(abc).isEqualTo(score.keyAt(0));
      assertThat(back.metreAt(0)).isEqualTo(score.metreAt(0));
      assertThat(back.length()).as(abc).isEqualTo(score.length());
    }
  }

  /** Voices that sound across themselves are written as several. */
  private static TreeSet<String> sounds(Score score) {
    return score.notes().stream()
        .map(note -> note.pitch() + " " + note.start() + " " + note.end())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void writesAsPeopleWrite() {
    Score score =
        new Score(
            "A tune",
            "jig",
            List.of(Voice.PIANO),
            List.of(
                new Note(0, 74, 960, 480),
                new Note(0, 79, 1440, 1440),
                new Note(0, 77, 2880, 160),
                new Note(0, 79, 3040, 160),
                new Note(0, 78, 3200, 160),
                new Note(0, 77, 3360, 960)),
            4320,
            List.of(new Change<>(0, Score.microseconds(90))),
            List.of(new Change<>(0, new Metre(3, 4))),
            List.of(new Change<>(0, Key.parse("G"))),
            List.of(new Change<>(1440, "G")));
    assertThat(AbcWriter.write(score, 3))
        .isEqualTo(
            """
            X:3
            T:A tune
            R:jig
            Q:1/4=90
            M:3/4
            L:1/8
            K:G
            d2|"G"g6|(3=fg^f=f4|]
            """);
  }

  @Test
  void splitsAtBarLinesAndWhereTheHarmonyChanges() {
    Score score =
        new Score(
            "",
            "",
            List.of(Voice.PIANO),
            List.of(new Note(0, 60, 0, 2880)),
            2880,
            List.of(),
            List.of(new Change<>(0, Metre.COMMON)),
            List.of(new Change<>(0, Key.C)),
            List.of(new Change<>(480, "F")));
    assertThat(AbcWriter.writeMusic(score)).endsWith("K:C\nC2-\"F\"C6-|C4|]\n");
  }

  @Test
  void noTitleEndsItsLine() {
    Score score = RandomScores.next(new Random(5), 60, 1).named("a\nX:2 % \\ b");
    assertThat(AbcWriter.write(score, 1)).startsWith("X:1\nT:a X:2 ");
    assertThat(AbcWriter.write(score, 1).lines().filter(line -> line.startsWith("X:"))).hasSize(1);
  }
}
