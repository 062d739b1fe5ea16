package dev.unroll.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.UserError;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SymbolChooserTest {
  private static final float[] LOGS = logs(0.5, 0.2, 0.2, 0.1);

  private static float[] logs(double... probabilities) {
    float[] logs = new float[probabilities.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = (float) Math.log(probabilities[i]);
    }
    return logs;
  }

  private static double[] probabilities(
      double temperature, int topK, double topP, int... excluded) {
    return chooser(temperature, topK, topP, excluded).probabilities(LOGS);
  }

  private static SymbolChooser chooser(double temperature, int topK, double topP, int... excluded) {
    BitSet set = new BitSet();
    for (int symbol : excluded) {
      set.set(symbol);
    }
    return new SymbolChooser(new SamplingConfig(temperature, topK, topP), set);
  }

  private static void assertClose(double[] actual, double... expected) {
    assertThat(actual).containsExactly(expected, within(1e-6));
  }

  @Test
  void leavesTheDistributionAloneByDefault() {
    assertClose(probabilities(1, 0, 1), 0.5, 0.2, 0.2, 0.1);
  }

  @Test
  void temperatureRaisesToItsInverse() {
    // Squares 0.25 0.04 0.04 0.01 sum to 0.34.
    assertClose(probabilities(0.5, 0, 1), 0.25 / 0.34, 0.04 / 0.34, 0.04 / 0.34, 0.01 / 0.34);
    assertClose(probabilities(0, 0, 1), 1, 0, 0, 0);
    assertClose(probabilities(1e6, 0, 1), 0.25, 0.25, 0.25, 0.25);
  }

  @Test
  void topKKeepsTheLikeliestAndOfEqualsTheFirst() {
    assertClose(probabilities(1, 2, 1), 0.5 / 0.7, 0.2 / 0.7, 0, 0);
    assertClose(probabilities(1, 1, 1), 1, 0, 0, 0);
    assertClose(probabilities(1, 99, 1), 0.5, 0.2, 0.2, 0.1);
  }

  @Test
  void topPKeepsTheFewestThatReachIt() {
    assertClose(probabilities(1, 0, 0.5), 1, 0, 0, 0);
    assertClose(probabilities(1, 0, 0.51), 0.5 / 0.7, 0.2 / 0.7, 0, 0);
    assertClose(probabilities(1, 0, 0.85), 0.5 / 0.9, 0.2 / 0.9, 0.2 / 0.9, 0);
    assertClose(probabilities(1, 0, 1e-9), 1, 0, 0, 0);
  }

  @Test
  void topPCountsWhatTopKLeft() {
    // Of the three that are left, with 0.9 together, two have 0.7 / 0.9 = 0.78.
    assertClose(probabilities(1, 3, 0.75), 0.5 / 0.7, 0.2 / 0.7, 0, 0);
    assertClose(probabilities(1, 3, 0.8), 0.5 / 0.9, 0.2 / 0.9, 0.2 / 0.9, 0);
  }

  @Test
  void whatIsExcludedIsNeverChosen() {
    assertClose(probabilities(1, 0, 1, 0), 0, 0.4, 0.4, 0.2);
    assertClose(probabilities(0, 0, 1, 0), 0, 1, 0, 0);
    assertThatThrownBy(() -> probabilities(1, 0, 1, 0, 1, 2, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void drawsInProportion() {
    SymbolChooser chooser = chooser(1, 0, 1);
    SplittableRandom random = new SplittableRandom(1);
    int draws = 100_000;
    int[] counts = new int[4];
    for (int i = 0; i < draws; i++) {
      counts[chooser.choose(LOGS, random.nextDouble())]++;
    }
    double[] expected = {0.5, 0.2, 0.2, 0.1};
    for (int i = 0; i < 4; i++) {
      double deviation = Math.sqrt(draws * expected[i] * (1 - expected[i]));
      assertThat((double) counts[i]).isCloseTo(draws * expected[i], within(4 * deviation));
    }
    assertThat(chooser.choose(LOGS, Math.nextDown(1.0))).isEqualTo(3);
    assertThat(chooser.choose(LOGS, 0)).isZero();
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> new SamplingConfig(-1, 0, 1))
        .isInstanceOf(UserError.class)
        .hasMessage("temperature must be 0 or above and finite, got -1.0");
    assertThatThrownBy(() -> new SamplingConfig(Double.NaN, 0, 1)).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> new SamplingConfig(1, -1, 1)).hasMessageContaining("top-k");
    assertThatThrownBy(() -> new SamplingConfig(1, 0, 0)).hasMessageContaining("top-p");
    assertThatThrownBy(() -> new SamplingConfig(1, 0, 1.1)).hasMessageContaining("top-p");
  }
}
