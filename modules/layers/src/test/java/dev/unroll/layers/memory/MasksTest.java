package dev.unroll.layers.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class MasksTest {
  private static final int BATCH = 3;
  private static final int STEPS = 4;

  /** The same numbers, lying in all the ways that arrays may lie. */
  static Stream<INDArray> arrays() {
    INDArray larger = Nd4j.linspace(0, 99, 100, DataType.FLOAT).reshape(10, 10);
    INDArray part =
        larger.get(NDArrayIndex.interval(2, 2 + BATCH), NDArrayIndex.interval(3, 3 + STEPS));
    INDArray rows = larger.get(NDArrayIndex.interval(2, 2 + BATCH), NDArrayIndex.interval(0, 10));
    return Stream.of(
        part,
        part.dup('c'),
        part.dup('f'),
        part.dup('c').castTo(DataType.DOUBLE),
        part.permute(1, 0).dup('c').permute(1, 0),
        part.permute(1, 0).dup('f').permute(1, 0),
        rows.get(NDArrayIndex.all(), NDArrayIndex.interval(3, 3 + STEPS)));
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void numbersComeStepAfterStep(INDArray array) {
    float[] read = Masks.timeMajor(array, BATCH, STEPS);
    for (int b = 0; b < BATCH; b++) {
      for (int t = 0; t < STEPS; t++) {
        assertThat(read[t * BATCH + b]).isEqualTo(array.getFloat(b, t));
      }
    }
  }

  @Test
  void noMaskIsNone() {
    assertThat(Masks.timeMajor(null, BATCH, STEPS)).isNull();
  }

  @Test
  void anotherShapeIsRefused() {
    assertThatThrownBy(() -> Masks.timeMajor(Nd4j.zeros(STEPS, BATCH), BATCH, STEPS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a mask [3, 4], got [4, 3]");
  }
}
