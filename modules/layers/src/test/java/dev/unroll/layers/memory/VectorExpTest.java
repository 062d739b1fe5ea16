package dev.unroll.layers.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VectorExpTest {
  @Test
  void isWithinTwoUnitsInTheLastPlace() {
    int n = 2_000_003;
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = -87f * i / (n - 1);
    }
    float[] exponentials = values.clone();
    new VectorExp().apply(exponentials, 0, n);
    double worst = 0;
    for (int i = 0; i < n; i++) {
      double exact = Math.exp(values[i]);
      worst = Math.max(worst, Math.abs(exponentials[i] - exact) / exact);
    }
    assertThat(worst).isLessThan(2e-7);
  }

  @Test
  void keepsItsBordersAndNeverOverflows() {
    float[] values = {7, 0, -0f, -1e-30f, -100, -1e30f, Float.NEGATIVE_INFINITY, Float.NaN, 7};
    new VectorExp().apply(values, 1, 7);
    assertThat(values[0]).isEqualTo(7);
    assertThat(values[8]).isEqualTo(7);
    assertThat(new float[] {values[1], values[2], values[3]}).containsOnly(1);
    assertThat(new float[] {values[4], values[5], values[6]}).containsOnly(values[4]);
    assertThat(values[4]).isBetween(0f, 2e-38f);
    assertThat(values[7]).isNaN();
  }
}
