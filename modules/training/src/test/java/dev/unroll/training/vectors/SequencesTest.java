package dev.unroll.training.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a sequence of vectors on its way to a network. */
class SequencesTest {
  private static final float[][] EMPTY = new float[0][];

  private static float[][] channel(float... values) {
    float[][] sequence = new float[values.length][];
    for (int t = 0; t < values.length; t++) {
      sequence[t] = new float[] {values[t]};
    }
    return sequence;
  }

  /** The least squares of the steps around, with the first and the last repeated. */
  private static double slope(float[][] sequence, int t, int reach) {
    double products = 0;
    double squares = 0;
    for (int n = -reach; n <= reach; n++) {
      products += n * sequence[Math.max(0, Math.min(sequence.length - 1, t + n))][0];
      squares += n * n;
    }
    return products / squares;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void deltasAreTheSlopesOfTheLinesThroughTheStepsAround(int reach) {
    Random random = new Random(reach);
    float[][] sequence = new float[9][1];
    for (float[] step : sequence) {
      step[0] = random.nextFloat();
    }
    float[][] both = Deltas.beside(sequence, reach);
    for (int t = 0; t < sequence.length; t++) {
      assertThat(both[t]).hasSize(2);
      assertThat(both[t][0]).isEqualTo(sequence[t][0]);
      assertThat((double) both[t][1]).isEqualTo(slope(sequence, t, reach), within(1e-6));
    }
  }

  @Test
  void whatRisesByTwoAStepHasASlopeOfTwo() {
    assertThat(Deltas.of(channel(1, 3, 5, 7, 9), 2)[2]).containsExactly(2f);
    assertThat(Deltas.of(channel(7), 2)).isDeepEqualTo(channel(0));
    assertThat(Deltas.of(EMPTY, 1)).isEmpty();
    assertThatThrownBy(() -> Deltas.of(EMPTY, 0)).hasMessageContaining("at least 1, got 0");
  }

  @Test
  void stepsAreStackedWithTheLastRepeated() {
    assertThat(Stacking.of(channel(1, 2, 3, 4, 5), 2))
        .isDeepEqualTo(new float[][] {{1, 2}, {3, 4}, {5, 5}});
    assertThat(Stacking.of(new float[][] {{1, 10}, {2, 20}}, 2))
        .isDeepEqualTo(new float[][] {{1, 10, 2, 20}});
    assertThat(Stacking.of(EMPTY, 3)).isEmpty();
    assertThat(Stacking.of(channel(1, 2), 1)).isDeepEqualTo(channel(1, 2));
    assertThat(Stacking.steps(5, 2)).isEqualTo(3);
    assertThatThrownBy(() -> Stacking.of(EMPTY, 0)).hasMessageContaining("not by 0");
  }

  @Test
  void resamplingReadsStraightLines() {
    float[][] sequence = channel(0, 10, 40);
    assertThat(Resampling.to(sequence, 5)).isDeepEqualTo(channel(0, 5, 10, 25, 40));
    assertThat(Resampling.to(sequence, 2)).isDeepEqualTo(channel(0, 40));
    assertThat(Resampling.to(sequence, 1)).isDeepEqualTo(channel(0));
    assertThat(Resampling.to(channel(3), 4)).isDeepEqualTo(channel(3, 3, 3, 3));
    assertThat(Resampling.at(sequence, new double[] {-1, 1.5, 7}))
        .isDeepEqualTo(channel(0, 25, 40));
  }
}
