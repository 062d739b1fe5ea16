package dev.unroll.music.midi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.UserError;
import dev.unroll.music.RandomScores;
import dev.unroll.music.score.Note;
import dev.unroll.music.score.Score;
import dev.unroll.music.score.Voice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;

class MidiScoresTest {
  private static byte[] write(Score score) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MidiScores.write(score, out);
    return out.toByteArray();
  }

  /** Bytes as the standard lists them, written here by hand. */
  private static byte[] file(int division, int... track) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {'M', 'T', 'h', 'd', 0, 0, 0, 6, 0, 0, 0, 1});
    out.writeBytes(new byte[] {(byte) (division >> 8), (byte) division});
    out.writeBytes(new byte[] {'M', 'T', 'r', 'k', 0, 0, 0, (byte) (track.length + 4)});
    for (int b : track) {
      out.write(b);
    }
    out.writeBytes(new byte[] {0, (byte) 0xFF, 0x2F, 0});
    return out.toByteArray();
  }

  @Test
  void aFileWorkedByHand() {
    // Running status; a note-on of loudness 0 ends a note; 96 ticks a quarter.
    byte[] bytes =
        file(
            96, 0, 0xFF, 0x58, 4, 3, 2, 24, 8, 0, 0xFF, 0x59, 2, 0xFE, 0, 0, 0xFF, 0x51, 3, 0x07,
            0xA1, 0x20, 0, 0xC0, 40, 0, 0x90, 60, 64, 0, 64, 64, 96, 60, 0, 96, 64, 0, 0, 0x99, 35,
            64, 48, 35, 0);
    MidiScores.Reading reading = MidiScores.read("by hand", bytes);
    Score score = reading.score();
    assertThat(score.notes()).containsExactly(new Note(0, 60, 0, 480), new Note(0, 64, 0, 960));
    assertThat(score.voices()).containsExactly(new Voice("", 40));
    assertThat(score.length()).isEqualTo(960 + 240);
    assertThat(score.metreAt(0)).hasToString("3/4");
    assertThat(score.keyAt(0).orElseThrow()).hasToString("Bb");
    assertThat(score.tempoAt(0)).isEqualTo(120);
    assertThat(reading.left()).containsExactly("strokes of percussion");
  }

  @Test
  void framesOfFilmAreSaid() {
    byte[] bytes = file(0xE728, 0, 0x90, 60, 64, 100, 60, 0); // 25 frames of 40 ticks a second
    MidiScores.Reading reading = MidiScores.read("film", bytes);
    assertThat(reading.score().notes()).containsExactly(new Note(0, 60, 0, 96)); // a tenth second
    assertThat(reading.left())
        .containsExactly("times in frames of film, read at 120 quarter notes a minute");
  }

  @Test
  void saysWhatNoScoreHolds() {
    byte[] bytes =
        file(
            480, 0, 0xB0, 7, 100, 0, 0xE0, 1, 70, 0, 0xE0, 0, 64, 0, 0x90, 60, 64, 10, 60, 0, 0, 61,
            65, 10, 61, 0, 0, 0xC0, 5, 0, 0xFF, 5, 1, 'a', 0, 0x90, 62, 64, 0, 62, 0);
    assertThat(MidiScores.read("odd", bytes).left())
        .containsExactly(
            "bends of pitch",
            "changes of instrument",
            "control changes",
            "how loud notes are",
            "notes without a length",
            "words");
  }

  @Test
  void aScoreComesBackExactly() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      Score score = RandomScores.next(random, 1, 1).named("");
      Score read = MidiScores.read("a test", write(score)).score();
      assertThat(read.notes()).isEqualTo(score.notes());
      assertThat(read.length()).isEqualTo(score.length());
      assertThat(write(MidiScores.read("again", write(read)).score())).isEqualTo(write(read));
    }
  }

  @Test
  void aNoteThatIsStruckAgainAtOnceIsTwoNotes() throws IOException {
    List<Note> notes = List.of(new Note(0, 60, 0, 480), new Note(0, 60, 480, 480));
    Score score = Score.of(List.of(Voice.PIANO), notes, 960);
    assertThat(MidiScores.read("twice", write(score)).score().notes()).isEqualTo(notes);
  }

  @Test
  void damagedFilesAreNamed() throws IOException {
    byte[] right = write(RandomScores.next(new Random(2), 20, 2));
    for (int length = 0; length < right.length - 4; length += 3) {
      byte[] cut = Arrays.copyOf(right, length);
      assertThatThrownBy(() -> MidiScores.read("cut.mid", cut))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("cut.mid: no sound MIDI file");
    }
  }

  @Test
  void moreVoicesThanChannelsAreRefused() {
    Score many = Score.of(Collections.nCopies(16, Voice.PIANO), List.of(), 0);
    assertThatThrownBy(() -> write(many)).hasMessageContaining("15 channels");
  }

  /** A second of concert pitch is heard as such: half as many changes of sign as it has waves. */
  @Test
  void soundsAsItIsWritten() throws Exception {
    Score score = Score.of(List.of(Voice.PIANO), List.of(new Note(0, 69, 0, 960)), 960);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Synthesiser.write(score, out);
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    Synthesiser.write(score, again);
    assertThat(again.toByteArray()).isEqualTo(out.toByteArray());
    try (AudioInputStream in =
        AudioSystem.getAudioInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      assertThat(in.getFormat().getSampleRate()).isEqualTo(44_100);
      assertThat(in.getFrameLength()).isEqualTo(3 * 44_100);
      byte[] bytes = in.readAllBytes();
      double best = 0;
      int period = 0;
      for (int lag = 50; lag < 200; lag++) {
        double sum = 0;
        for (int i = 8_000; i < 16_000; i++) {
          sum += (double) sample(bytes, i) * sample(bytes, i + lag);
        }
        if (sum > best) {
          best = sum;
          period = lag;
        }
      }
      assertThat(period).isBetween(99, 101); // 44,100 / 440 is 100.2
    }
  }

  private static int sample(byte[] bytes, int frame) {
    return (short) (bytes[4 * frame] & 0xFF | bytes[4 * frame + 1] << 8);
  }
}
