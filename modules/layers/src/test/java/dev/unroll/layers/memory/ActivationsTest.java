package dev.unroll.layers.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ActivationsTest {

  @Test
  void tanhIsRightToFourTenMillionths() {
    for (float x = -12; x <= 12; x += 0.001f) {
      assertThat((double) Activations.tanh(x))
          .as("tanh(%s)", x)
          .isCloseTo(Math.tanh(x), within(4e-7));
    }
  }

  @Test
  void smallValuesKeepTheirDigits() {
    for (float x : new float[] {1e-30f, 1e-10f, 1e-4f, 0.01f}) {
      assertThat(Activations.tanh(x) / Math.tanh(x)).isCloseTo(1, within(3e-7));
    }
  }

  @Test
  void extremesStayInRange() {
    assertThat(Activations.tanh(0f)).isZero();
    assertThat(Activations.tanh(Float.POSITIVE_INFINITY)).isBetween(1 - 4e-7f, 1 + 4e-7f);
    assertThat(Activations.tanh(Float.NEGATIVE_INFINITY)).isBetween(-1 - 4e-7f, -1 + 4e-7f);
    assertThat(Activations.tanh(Float.NaN)).isNaN();
  }

  @Test
  void sigmoidAddsTheBias() {
    float[] z = {9, -1, 2, 9};
    Activations.sigmoid(z, 1, new float[] {7, 1, -1}, 1, 2);
    assertThat(z[0]).isEqualTo(9);
    assertThat((double) z[1]).isCloseTo(1 / (1 + Math.exp(0)), within(4e-7));
    assertThat((double) z[2]).isCloseTo(1 / (1 + Math.exp(-1)), within(4e-7));
    assertThat(z[3]).isEqualTo(9);
  }
}
