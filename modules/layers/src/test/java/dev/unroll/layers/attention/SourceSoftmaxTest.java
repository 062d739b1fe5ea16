package dev.unroll.layers.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SourceSoftmaxTest {
  private static final ValidSteps TWO = new ValidSteps(null, 1, 2);
  private static final ValidSteps FOUR = new ValidSteps(null, 1, 4);

  /** The scores of a state that is sure of itself, and of one that is not. */
  private final float[] weights = {90, 0, -3, 30, 1, 1.5f, 0.5f, 1};

  @Test
  void makesNoDenormalNumbers() {
    SourceSoftmax.forward(weights, 2, 4, TWO, 0, FOUR, 0);
    float[] d = {1e-3f, 2e-3f, -1e-3f, 1e-3f, 1e-3f, 2e-3f, -1e-3f, 1e-3f};
    SourceSoftmax.backward(weights, d, 2, 4);
    for (int i = 0; i < 4; i++) {
      for (float value : new float[] {weights[i], d[i]}) {
        assertThat(value == 0 || Math.abs(value) > 1e-20f).as("%s", value).isTrue();
      }
    }
    assertThat(weights[0]).isEqualTo(1);
    assertThat(weights[1]).isZero();
    assertThat(weights[3]).as("exp(-60)").isZero();
  }

  @Test
  void leavesAloneWhatCounts() {
    SourceSoftmax.forward(weights, 2, 4, TWO, 0, FOUR, 0);
    double sum = 2 * Math.exp(1) + Math.exp(1.5) + Math.exp(0.5);
    assertThat(weights[5]).isCloseTo((float) (Math.exp(1.5) / sum), within(1e-6f));
    float[] d = {0, 0, 0, 0, 1e-15f, 0, 0, 0};
    SourceSoftmax.backward(weights, d, 2, 4);
    float p = weights[4];
    assertThat(d[4]).isCloseTo(1e-15f * p * (1 - p), within(1e-20f));
    assertThat(d[5]).isCloseTo(-1e-15f * p * weights[5], within(1e-20f));
  }

  @Test
  void showsWhatIsNotANumber() {
    weights[4] = Float.NaN;
    SourceSoftmax.forward(weights, 2, 4, TWO, 0, FOUR, 0);
    assertThat(weights[4]).isNaN();
  }
}
