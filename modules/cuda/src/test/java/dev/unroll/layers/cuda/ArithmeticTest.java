package dev.unroll.layers.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How TF32 is chosen. */
class ArithmeticTest {
  private final String before = System.getProperty(Arithmetic.PROPERTY);

  @AfterEach
  void restore() {
    System.clearProperty(Arithmetic.PROPERTY);
    if (before != null) {
      System.setProperty(Arithmetic.PROPERTY, before);
    }
  }

  @Test
  void tf32IsChosenByAProperty() {
    System.clearProperty(Arithmetic.PROPERTY);
    assertThat(Arithmetic.chosen()).isEqualTo(Arithmetic.FLOAT);
    System.setProperty(Arithmetic.PROPERTY, "true");
    assertThat(Arithmetic.chosen()).isEqualTo(Arithmetic.TF32);
    System.setProperty(Arithmetic.PROPERTY, "yes");
    assertThatThrownBy(Arithmetic::chosen)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("unroll.cuda.tf32 must be true or false, got yes");
  }
}
