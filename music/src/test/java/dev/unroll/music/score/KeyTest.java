package dev.unroll.music.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTest {
  @ParameterizedTest
  @CsvSource({
    "C, 0, 0, C",
    "G, 1, 7, G",
    "F#m, 3, 6, F#m",
    "Bb, -2, 10, Bb",
    "bb minor, -5, 10, Bbm",
    "Ador, 1, 9, Ador",
    "D mixolydian, 1, 2, Dmix",
    "Eb lyd, -2, 3, Eblyd",
    "E phr, 0, 4, Ephr",
    "C#, 7, 1, C#",
    "Cb, -7, 11, Cb",
    "A aeolian, 0, 9, Am",
  })
  void namesAreRead(String name, int sharps, int tonic, String written) {
    Key key = Key.parse(name);
    assertThat(key.sharps()).isEqualTo(sharps);
    assertThat(key.tonic()).isEqualTo(tonic);
    assertThat(key).hasToString(written);
    assertThat(Key.parse(written)).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({"H", "''", "G#", "Cx", "C nice", "Fbm"})
  void noOthers(String name) {
    assertThat(Key.of(name)).isEmpty();
  }

  @Test
  void transposingMovesTheTonic() {
    for (Mode mode : Mode.values()) {
      for (int sharps = -7; sharps <= 7; sharps++) {
        for (int semitones = -12; semitones <= 12; semitones++) {
          Key key = new Key(sharps, mode);
          Key moved = key.transposed(semitones);
          assertThat(moved.tonic()).isEqualTo(Math.floorMod(key.tonic() + semitones, 12));
          assertThat(moved.mode()).isEqualTo(mode);
        }
      }
    }
  }

  @Test
  void scalesAreFoundInTheirKeys() {
    int[] major = {0, 4, 7, 12, 11, 9, 7, 5, 4, 2, 0, 7, 0};
    for (int tonic = 0; tonic < 12; tonic++) {
      int from = tonic;
      List<Note> notes =
          IntStream.range(0, major.length)
              .mapToObj(i -> new Note(0, 60 + from + major[i], i * 480, 480))
              .toList();
      Key key = KeyFinder.key(Score.of(List.of(Voice.PIANO), notes, 480 * major.length));
      assertThat(key.tonic()).isEqualTo(tonic);
      assertThat(key.mode()).isEqualTo(Mode.MAJOR);
    }
    assertThat(KeyFinder.key(Score.of(List.of(), List.of(), 0))).isEqualTo(Key.C);
  }
}
