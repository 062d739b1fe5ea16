package dev.unroll.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {

  @ParameterizedTest
  @CsvSource({"44100, 16000", "8000, 16000", "48000, 16000", "11025, 8000", "16000, 11025"})
  void aToneStaysTheTone(int from, int to) {
    double hertz = 0.35 * Math.min(from, to);
    float[] old = Waves.samples(from / 5, n -> Math.sin(2 * Math.PI * hertz * n / from));
    float[] resampled = new Resampler(from, to).apply(old);
    assertThat(resampled).hasSize((int) Math.ceil((double) old.length * to / from));
    for (int n = 200; n < resampled.length - 200; n++) {
      double expected = Math.sin(2 * Math.PI * hertz * n / to);
      assertThat(resampled[n]).isCloseTo((float) expected, offset(2e-3f));
    }
  }

  /** Picking every sixth sample would turn 11 kHz into 3 kHz. */
  @ParameterizedTest
  @CsvSource({"48000, 8000, 11000", "44100, 16000, 9000", "16000, 8000, 7000"})
  void whatCannotBeHeardAtTheNewRateIsGone(int from, int to, double hertz) {
    float[] old = Waves.samples(from / 5, n -> Math.sin(2 * Math.PI * hertz * n / from));
    float[] resampled = new Resampler(from, to).apply(old);
    double most = 0;
    for (int n = 200; n < resampled.length - 200; n++) {
      most = Math.max(most, Math.abs(resampled[n]));
    }
    assertThat(most).isLessThan(1e-3);
  }

  @Test
  void silenceAndAnOffsetStay() {
    float[] ones = Waves.samples(4000, n -> 1);
    float[] resampled = new Resampler(44_100, 16_000).apply(ones);
    assertThat(resampled[700]).isCloseTo(1, offset(1e-5f));
    assertThat(new Resampler(3, 2).apply(new float[0])).isEmpty();
    Sound same = new Sound(ones, 16_000);
    assertThat(Resampler.to(16_000, same)).isSameAs(same);
    assertThat(Resampler.speed(100, same)).isSameAs(same);
  }

  @Test
  void slowerIsLongerAndLower() {
    Sound sound = new Sound(Waves.samples(8000, n -> Math.sin(2 * Math.PI * 500 * n / 8000)), 8000);
    Sound slower = Resampler.speed(90, sound);
    assertThat(slower.rate()).isEqualTo(8000);
    assertThat(slower.seconds()).isCloseTo(1 / 0.9, offset(1e-3));
    for (int n = 1000; n < 1100; n++) {
      double expected = Math.sin(2 * Math.PI * 450 * n / 8000);
      assertThat(slower.samples()[n]).isCloseTo((float) expected, offset(2e-3f));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 160, 4000})
  void aSoundThatComesInPiecesBecomesTheSame(int piece) {
    float[] old = Waves.samples(3000, n -> Math.sin(n * 0.1) + 0.2 * Math.cos(n * 1.7));
    float[] whole = new Resampler(44_100, 16_000).apply(old);
    LiveResampler live = new LiveResampler(44_100, 16_000);
    List<Float> given = new ArrayList<>();
    for (int from = 0; from < old.length; from += piece) {
      add(given, live.next(Arrays.copyOfRange(old, from, Math.min(old.length, from + piece))));
    }
    add(given, live.end());
    assertThat(given).hasSize(whole.length);
    for (int i = 0; i < whole.length; i++) {
      assertThat(given.get(i)).isEqualTo(whole[i]);
    }
  }

  private static void add(List<Float> all, float[] some) {
    for (float one : some) {
      all.add(one);
    }
  }
}
