package dev.unroll.layers.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class PrecisionTest {
  private static final boolean HERE = Kernels.available().contains(Precision.BFLOAT16_KERNEL);

  @AfterEach
  void floatsAgain() {
    System.clearProperty(Precision.PROPERTY);
    Kernels.use(null);
  }

  @Test
  void isOfFloatsUnlessOneAsks() {
    assertThat(Precision.chosen()).isEqualTo(Precision.FLOAT);
    assertThat(kernel(DataType.FLOAT)).isNotEqualTo(Precision.BFLOAT16_KERNEL);
  }

  @Test
  void bfloat16ComputesWhereTheProcessorHasItAndIsRefusedElsewhere() {
    System.setProperty(Precision.PROPERTY, "bfloat16");
    if (HERE) {
      assertThat(kernel(DataType.FLOAT)).isEqualTo(Precision.BFLOAT16_KERNEL);
    } else {
      assertThatThrownBy(() -> kernel(DataType.FLOAT))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("bfloat16")
          .hasMessageContaining("take float");
    }
  }

  @Test
  void autoIsNeverRefused() {
    System.setProperty(Precision.PROPERTY, "AUTO");
    assertThat(kernel(DataType.FLOAT).equals(Precision.BFLOAT16_KERNEL)).isEqualTo(HERE);
  }

  @Test
  void aKernelThatIsNamedComputes() {
    System.setProperty(Precision.PROPERTY, "auto");
    Kernels.use("reference");
    assertThat(kernel(DataType.FLOAT)).isEqualTo("reference");
  }

  @Test
  void doublesStayDoubles() {
    System.setProperty(Precision.PROPERTY, "auto");
    assertThat(kernel(DataType.DOUBLE)).isEqualTo("reference");
  }

  @Test
  void anythingElseIsRefused() {
    System.setProperty(Precision.PROPERTY, "half");
    assertThatThrownBy(Precision::chosen)
        .hasMessage("precision must be float, bfloat16 or auto, got half");
  }

  private static String kernel(DataType type) {
    return Kernels.get(Cell.LSTM, type).name();
  }
}
