package dev.unroll.layers.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.CellSteps;
import dev.unroll.layers.kernel.Parameters;
import dev.unroll.layers.kernel.RecurrentKernel;
import dev.unroll.layers.kernel.RecurrentKernel.Purpose;
import dev.unroll.layers.memory.Slab;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** What goes to the device, and what stays on the processor. */
class LargeBatchesTest {
  private final RecurrentKernel device =
      new CudnnKernel("double", new CudnnDouble(), Arithmetic.FLOAT);
  private final String before = System.getProperty(LargeBatches.PROPERTY);

  @BeforeEach
  void unset() {
    System.clearProperty(LargeBatches.PROPERTY);
  }

  @AfterEach
  void restore() {
    unset();
    if (before != null) {
      System.setProperty(LargeBatches.PROPERTY, before);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "256, FLOAT, true, false, false, true",
    "256, DOUBLE, true, false, false, true",
    "512, FLOAT, false, false, false, true",
    "255, FLOAT, true, false, false, false",
    "64, DOUBLE, true, false, false, false",
    "512, FLOAT, false, true, false, false",
    "512, FLOAT, true, true, false, false",
    "512, DOUBLE, false, true, false, false",
    "512, FLOAT, true, false, true, false",
    "512, FLOAT, false, false, true, false"
  })
  void singleSequencesSingleStepsAndSmallLayersStay(
      int hidden, DataType type, boolean training, boolean single, boolean step, boolean goes) {
    CellShape shape = new CellShape(Cell.LSTM, 8, hidden);
    Purpose purpose = new Purpose(training, single, false, step);

    RecurrentKernel.Method method = new LargeBatches(device, "").method(shape, type, purpose);

    assertThat(method.equals(device.method(shape, type, purpose))).isEqualTo(goes);
    assertThat(new LargeBatches(device, "")).asString().endsWith("layers from 256 units");
  }

  /** As a search does, with all its hypotheses side by side. */
  @Test
  void whatReadsStepByStepSendsNothing() {
    CudnnDouble cudnn = new CudnnDouble();
    RecurrentKernel kernel =
        new LargeBatches(new CudnnKernel("double", cudnn, Arithmetic.FLOAT), "");
    CellShape shape = new CellShape(Cell.TANH, 2, 256);
    Slab input = new Slab(DataType.FLOAT).reserveZeros(shape.inputWeights());
    Slab recurrent = new Slab(DataType.FLOAT).reserveZeros(shape.recurrentWeights());
    Slab bias = new Slab(DataType.FLOAT).reserveZeros(shape.biases());
    CellSteps steps =
        new CellSteps(
            kernel, shape, new Parameters(input.pointer(), recurrent.pointer(), bias.pointer()));

    steps.begin(3);
    steps.step(new Slab(DataType.FLOAT).reserveZeros(3 * 2));

    assertThat(cudnn.uploads).isZero();
  }

  @Test
  void with0EverythingGoes() {
    System.setProperty(LargeBatches.PROPERTY, "0");
    RecurrentKernel kernel = new LargeBatches(device, "");
    CellShape shape = new CellShape(Cell.LSTM, 8, 1);
    Purpose single = new Purpose(false, true, false, true);

    assertThat(kernel.method(shape, DataType.FLOAT, single))
        .isEqualTo(device.method(shape, DataType.FLOAT, single));
    assertThat(kernel).asString().endsWith("for everything");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "many", "99999999999"})
  void aSizeThatIsNoneIsRefused(String value) {
    System.setProperty(LargeBatches.PROPERTY, value);

    assertThatThrownBy(() -> new LargeBatches(device, ""))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("unroll.cuda.from must be a number of units, 0 or more, got " + value);
  }
}
