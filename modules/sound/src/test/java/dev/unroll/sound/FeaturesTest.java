package dev.unroll.sound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.unroll.data.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeaturesTest {
  private static final FeatureConfig LOG_MEL = FeatureConfig.defaults();
  private static final FeatureConfig MFCC =
      Settings.with(LOG_MEL, Map.of("features", "mfcc", "mels", "26"));

  /** What {@code golden/make.py} computed by definition. */
  @ParameterizedTest
  @CsvSource({"log-mel", "mfcc"})
  void areThoseOfTheFormulas(String name) throws IOException {
    Features features = new Features(name.equals("mfcc") ? MFCC : LOG_MEL);
    float[][] found = features.of(new Sound(signal(2000), 16_000));
    String[] lines;
    try (InputStream in = FeaturesTest.class.getResourceAsStream("/golden/" + name + ".txt")) {
      lines = new String(in.readAllBytes(), UTF_8).split("\n");
    }
    assertThat(found).hasNumberOfRows(lines.length);
    for (int t = 0; t < lines.length; t++) {
      String[] expected = lines[t].split(" ");
      assertThat(found[t]).hasSize(expected.length).hasSize(features.config().width());
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[t][i]).isCloseTo(Float.parseFloat(expected[i]), offset(2e-3f));
      }
    }
  }

  private static float[] signal(int count) {
    return Waves.samples(
        count,
        n ->
            0.3 * Math.sin(2 * Math.PI * 440 * n / 16_000)
                + 0.2 * Math.sin(2 * Math.PI * (100 + 0.5 * n) * n / 16_000)
                + 0.1 * ((7919L * (long) n) % 1000 / 1000.0 - 0.5));
  }

  @Test
  void anotherRateHasTheSameFeatures() {
    float[][] at16 = new Features(LOG_MEL).of(new Sound(Waves.tone(16_000, 16_000), 16_000));
    float[][] at44 = new Features(LOG_MEL).of(new Sound(Waves.tone(44_100, 44_100), 44_100));
    assertThat(at44).hasNumberOfRows(at16.length);
    for (int band = 0; band < 10; band++) {
      assertThat(at44[50][band]).isCloseTo(at16[50][band], offset(0.05f));
    }
  }

  @Test
  void soundsOfAnyLengthHaveFrames() {
    Features features = new Features(LOG_MEL);
    assertThat(features.of(new Sound(new float[0], 16_000))).hasNumberOfRows(1);
    assertThat(features.of(new Sound(new float[399], 16_000))).hasNumberOfRows(1);
    assertThat(features.of(new Sound(new float[559], 16_000))).hasNumberOfRows(1);
    assertThat(features.of(new Sound(new float[560], 16_000))).hasNumberOfRows(2);
    for (float value : features.of(new Sound(new float[400], 16_000))[0]) {
      assertThat(value).isCloseTo((float) Math.log(1e-10), offset(1e-4f));
    }
  }

  @Test
  void framesOfAPartAreThoseOfTheWhole() {
    Features features = new Features(LOG_MEL);
    float[] samples = signal(4000);
    float[][] whole = features.of(samples);
    assertThat(features.of(samples, 3 * 160, 2)).isDeepEqualTo(Arrays.copyOfRange(whole, 3, 5));
  }

  @Test
  void theSpectrumHasTheEnergyOfTheSamples() {
    Spectrum spectrum = new Spectrum(64);
    float[] frame = Waves.samples(64, n -> Math.sin(n * 0.7) + 0.1 * n % 1);
    float[] power = new float[spectrum.bins()];
    spectrum.power(frame, power);
    double energy = 0;
    double sum = power[0] + (double) power[32];
    for (int n = 0; n < 64; n++) {
      energy += (double) frame[n] * frame[n];
    }
    for (int k = 1; k < 32; k++) {
      sum += 2 * (double) power[k];
    }
    assertThat(sum / 64).isCloseTo(energy, offset(1e-3));
    assertThatThrownBy(() -> new Spectrum(48)).hasMessageContaining("a power of 2");
  }

  @ParameterizedTest
  @CsvSource({
    "sample-rate, 100, sample-rate must be at least 4000",
    "mels, 0, mels must be at least 1",
    "frame, 1, frame must be from 5 to 200 milliseconds",
    "step, 0, step must be from 1 to 200 milliseconds",
    "preemphasis, 1, preemphasis must be from 0 to below 1",
    "features, fbank, 'features must be one of log-mel, mfcc'"
  })
  void whatCannotBeComputedIsRefused(String key, String value, String message) {
    assertThatThrownBy(() -> Settings.with(LOG_MEL, Map.of(key, value)))
        .hasMessageStartingWith(message);
  }

  @Test
  void masksStayWithinTheSpectrogramAndWithinTheirBounds() {
    SpectrumMask mask = new SpectrumMask(2, 30, 3, 5);
    SplittableRandom random = new SplittableRandom(1);
    int[] drawn = new int[3];
    for (int i = 0; i < 500; i++) {
      mask.draw(
          100,
          12,
          random,
          (fromFrame, toFrame, fromBand, toBand) -> {
            boolean time = toBand - fromBand == 12;
            drawn[time ? 0 : 1]++;
            drawn[2] = Math.max(drawn[2], time ? toFrame - fromFrame : 0);
            assertThat(fromFrame).isBetween(0, toFrame);
            assertThat(toFrame).isLessThanOrEqualTo(100);
            assertThat(fromBand).isBetween(0, toBand);
            assertThat(toBand).isLessThanOrEqualTo(12);
            assertThat(time ? toFrame - fromFrame : 0).isLessThanOrEqualTo(20);
            assertThat(time ? 0 : toBand - fromBand).isLessThanOrEqualTo(5);
          });
    }
    assertThat(drawn).containsExactly(1000, 1500, 20);
    new SpectrumMask(0, 9, 2, 0)
        .draw(4, 4, random, (a, b, c, d) -> assertThat(a).as("nothing is hidden").isNegative());
  }
}
