package dev.unroll.training.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Settings;
import dev.unroll.data.UserError;
import dev.unroll.training.Standardisation;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final Standardisation SCALE =
      new Standardisation(new float[] {5, -2}, new float[] {10, 0.1f});

  /** Channel 0 rises by one a step, channel 1 stands still. */
  private static float[][] ramp(int steps) {
    float[][] sequence = new float[steps][];
    for (int t = 0; t < steps; t++) {
      sequence[t] = new float[] {t, -2};
    }
    return sequence;
  }

  private static Augmentation of(String key, double value) {
    return new Augmentation(
        Settings.with(AugmentationConfig.none(), Map.of(key, String.valueOf(value))), SCALE);
  }

  @Test
  void nothingChangesUnlessAskedFor() {
    float[][] sequence = ramp(30);
    float[][] varied =
        new Augmentation(AugmentationConfig.none(), SCALE).vary(sequence, new SplittableRandom(1));
    assertThat(varied).isDeepEqualTo(sequence).isNotSameAs(sequence);
    assertThat(varied[0]).isNotSameAs(sequence[0]);
  }

  @Test
  void theSameRandomNumbersGiveTheSameAndTheOriginalStays() {
    AugmentationConfig all = new AugmentationConfig(0.3, 0.3, 0.1, 0.1, 0.1, 0.2, 0.3);
    Augmentation augmentation = new Augmentation(all, SCALE);
    float[][] sequence = ramp(40);
    float[][] once = augmentation.vary(sequence, new SplittableRandom(7));
    assertThat(augmentation.vary(sequence, new SplittableRandom(7))).isDeepEqualTo(once);
    assertThat(augmentation.vary(sequence, new SplittableRandom(8))).isNotEqualTo(once);
    assertThat(sequence).isDeepEqualTo(ramp(40));
    for (int steps = 0; steps < 6; steps++) {
      assertThat(augmentation.vary(ramp(steps), new SplittableRandom(steps)).length)
          .isBetween(steps == 0 ? 0 : 1, 12);
    }
  }

  @Test
  void tempoChangesTheLengthWithinItsReachAndKeepsBothEnds() {
    int shortest = 1000;
    int longest = 0;
    for (int seed = 0; seed < 200; seed++) {
      float[][] varied = of("tempo", 0.2).vary(ramp(101), new SplittableRandom(seed));
      shortest = Math.min(shortest, varied.length);
      longest = Math.max(longest, varied.length);
      assertThat(varied[0][0]).isZero();
      assertThat(varied[varied.length - 1][0]).isEqualTo(100, within(1e-3f));
    }
    assertThat(shortest).isBetween(82, 86);
    assertThat(longest).isBetween(119, 124);
  }

  @Test
  void aTimeWarpKeepsTheLengthAndTheOrder() {
    float[][] varied = of("time-warp", 1).vary(ramp(101), new SplittableRandom(3));
    assertThat(varied).hasNumberOfRows(101);
    double furthest = 0;
    for (int t = 1; t < 101; t++) {
      assertThat(varied[t][0]).isGreaterThan(varied[t - 1][0]);
      furthest = Math.max(furthest, Math.abs(varied[t][0] - t));
    }
    assertThat(furthest).isGreaterThan(3);
  }

  @Test
  void aCropIsAStretchOfTheSequence() {
    for (int seed = 0; seed < 50; seed++) {
      float[][] varied = of("crop", 0.5).vary(ramp(100), new SplittableRandom(seed));
      assertThat(varied.length).isBetween(50, 100);
      assertThat(varied[varied.length - 1][0] - varied[0][0])
          .isEqualTo(varied.length - 1f, within(1e-3f));
    }
  }

  @Test
  void jitterAndOffsetAreInDeviationsOfTheChannel() {
    double jitter = 0;
    double offset = 0;
    int count = 400;
    for (int seed = 0; seed < count; seed++) {
      float[][] shaken = of("jitter", 0.5).vary(ramp(10), new SplittableRandom(seed));
      jitter += Math.pow(shaken[3][1] + 2, 2);
      float[][] shifted = of("offset", 0.5).vary(ramp(10), new SplittableRandom(seed));
      offset += Math.pow(shifted[3][0] - 3, 2);
      assertThat(shifted[9][0] - shifted[0][0]).isEqualTo(9, within(1e-5f));
    }
    assertThat(Math.sqrt(jitter / count)).isEqualTo(0.05, within(0.008));
    assertThat(Math.sqrt(offset / count)).isEqualTo(5, within(0.8));
  }

  @Test
  void aDroppedChannelIsItsMean() {
    int dropped = 0;
    for (int seed = 0; seed < 400; seed++) {
      float[][] varied = of("channel-dropout", 0.25).vary(ramp(10), new SplittableRandom(seed));
      dropped += varied[7][0] == 5 && varied[2][0] == 5 ? 1 : 0;
    }
    assertThat(dropped).isBetween(70, 130);
  }

  @Test
  void whatWouldLeaveNothingIsRefused() {
    assertThatThrownBy(() -> of("crop", 1))
        .isInstanceOf(UserError.class)
        .hasMessage("crop must be from 0 to below 1, got 1.0");
    assertThatThrownBy(() -> of("jitter", Double.NaN))
        .hasMessage("jitter must be from 0 to 2, got NaN");
  }
}
