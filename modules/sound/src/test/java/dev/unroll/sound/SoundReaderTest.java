package dev.unroll.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.unroll.data.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoundReaderTest {
  private static final int RATE = 8000;

  /** Format, bits, channels, whether extensible, and half a step of the format. */
  @ParameterizedTest
  @CsvSource({
    "1, 8, 1, false, 0.008",
    "1, 16, 1, false, 4e-5",
    "1, 16, 2, true, 4e-5",
    "1, 24, 1, true, 2e-7",
    "1, 24, 2, false, 2e-7",
    "1, 32, 1, false, 1e-7",
    "3, 32, 1, false, 1e-9",
    "3, 64, 2, false, 1e-7",
    "3, 32, 1, true, 1e-9",
    "6, 8, 1, false, 0.016",
    "7, 8, 1, false, 0.016",
    "7, 8, 2, false, 0.016"
  })
  void readsEveryEncoding(int tag, int bits, int channels, boolean extensible, double step) {
    float[] tone = Waves.tone(RATE, 400);
    byte[] data = Waves.data(tone, tag, bits, channels);
    Sound sound = read(Waves.file(tag, bits, channels, RATE, extensible, data));

    assertThat(sound.rate()).isEqualTo(RATE);
    assertThat(sound.samples()).hasSize(400);
    for (int n = 0; n < 400; n++) {
      assertThat(sound.samples()[n]).isCloseTo(tone[n], offset((float) step));
    }
    LiveSound live =
        LiveSound.wav(
            new ByteArrayInputStream(Waves.file(tag, bits, channels, RATE, extensible, data)), "x");
    float[] first = live.next(150);
    assertThat(first).isEqualTo(Arrays.copyOf(sound.samples(), 150));
    assertThat(live.next(1000)).hasSize(250);
    assertThat(live.next(1000)).isEmpty();
  }

  @Test
  void channelsAreMixedDown() {
    byte[] data = {0, 64, 0, -32, 0, 0, 0, 64}; // 0.5 and -0.25; 0 and 0.5
    Sound sound = read(Waves.file(Waves.PCM, 16, 2, RATE, false, data));
    assertThat(sound.samples()).containsExactly(0.125f, 0.25f);
  }

  @Test
  void whatIsWrittenIsRead() {
    Sound sound = new Sound(new float[] {0, 0.5f, -0.5f, 2, -2}, 11_025);
    Sound read = read(SoundWriter.wav(sound));
    assertThat(read.rate()).isEqualTo(11_025);
    float[] expected = {0, 0.5f, -0.5f, 1, -1};
    for (int i = 0; i < expected.length; i++) {
      assertThat(read.samples()[i]).isCloseTo(expected[i], offset(1e-4f));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fLaC, FLAC is not read; convert it: ffmpeg -i IN.flac OUT.wav",
    "ID3, MP3 is not read; convert it: ffmpeg -i IN.mp3 OUT.wav",
    "OggS, Ogg is not read; convert it: ffmpeg -i IN.ogg OUT.wav",
    "NIST_1A, NIST SPHERE is not read; convert it: sph2pipe -f wav IN.sph OUT.wav"
  })
  void otherFilesAreRefusedWithWhatConvertsThem(String start, String message) {
    byte[] bytes = (start + "and more of the kind").getBytes(StandardCharsets.ISO_8859_1);
    assertRefused(bytes, message);
  }

  @Test
  void mp3WithoutATitleIsKnownByItsFrames() {
    assertRefused(new byte[] {-1, -5, 80, 0, 0, 0, 0, 0}, "MP3 is not read");
  }

  @Test
  void brokenFilesAreOneLine() {
    byte[] whole =
        Waves.file(Waves.PCM, 16, 1, RATE, false, Waves.data(Waves.tone(RATE, 80), 1, 16, 1));
    assertRefused(new byte[0], "empty file");
    assertRefused(Waves.file(Waves.PCM, 16, 1, RATE, false, new byte[0]), "has no sound in it");
    assertRefused(
        Arrays.copyOf(whole, whole.length - 60),
        "truncated: its header says 0.01 seconds, there are 0.01; copy it again");
    assertRefused(Waves.file(2, 4, 1, RATE, false, new byte[100]), "compressed sound");
    float[] notFinite = {0, Float.NaN};
    assertRefused(
        Waves.file(Waves.FLOAT, 32, 1, RATE, false, Waves.data(notFinite, 3, 32, 1)),
        "sample 1 is NaN, no number");
    assertRefused("a text".getBytes(StandardCharsets.UTF_8), "not a WAV file that can be read");
  }

  /** Every beginning of a file, and many files with a byte changed: sound, or one line. */
  @Test
  void damageIsNeverMoreThanAUserError() {
    byte[] whole =
        Waves.file(Waves.PCM, 16, 2, RATE, true, Waves.data(Waves.tone(RATE, 20), 1, 16, 2));
    for (int length = 0; length < whole.length; length++) {
      byte[] beginning = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(beginning)).isInstanceOf(UserError.class);
    }
    Random random = new Random(8);
    for (int i = 0; i < 3000; i++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(90)] = (byte) random.nextInt();
      try {
        assertThat(read(changed).samples()).isNotEmpty();
      } catch (UserError e) {
        assertThat(e.getMessage()).startsWith("x.wav: ").doesNotContain("\n");
      }
    }
  }

  /** A program in a pipe cannot know how much will come. */
  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MAX_VALUE})
  void lengthsThatAreNotKnownAreNotBelieved(int length) {
    byte[] data = Waves.data(Waves.tone(RATE, 50), 1, 16, 1);
    byte[] file = Waves.file(Waves.PCM, 16, 1, RATE, false, data);
    for (int i = 0; i < 4; i++) {
      file[file.length - data.length - 4 + i] = (byte) (length >> 8 * i);
    }
    assertThat(read(file).samples()).hasSize(50);
  }

  @Test
  void aMissingFileIsNamed(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("missing.wav");
    assertThatThrownBy(() -> SoundReader.read(missing))
        .isInstanceOf(UserError.class)
        .hasMessage(missing + ": no such file; check the name");
    Path there =
        Files.write(folder.resolve("there.wav"), SoundWriter.wav(new Sound(new float[9], 8000)));
    assertThat(SoundReader.read(there).samples()).hasSize(9);
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("x.wav: ")
        .hasMessageContaining(message);
  }

  private static Sound read(byte[] bytes) {
    return SoundReader.read(new ByteArrayInputStream(bytes), "x.wav");
  }
}
