package dev.unroll.training.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.unroll.layers.output.SoftmaxRows;
import dev.unroll.layers.output.StepLabels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Against the CPU's own softmax, and Deeplearning4j's loss. */
class OperationsSoftmaxTest extends KernelTestBase {
  private static final int ROWS = 9;

  @ParameterizedTest
  @CsvSource({
    "1, false, 0",
    "2, true, 0.1",
    "31, true, 0",
    "33, false, 0.1",
    "100, true, 0.2",
    "600, false, 0",
    "5000, true, 0.1"
  })
  void equalsTheSoftmaxOfTheCpu(int columns, boolean weighted, double smoothing) {
    float[] bias = floats(columns);
    float[] weights = {1, 0, 0.25f, 3, 1, 1, 0, 1, 2};
    int[] classes = random.ints(ROWS, 0, columns).toArray();
    float[] z = logits(columns);
    INDArray labels = Nd4j.createFromArray(classes).castTo(Nd4j.dataType()).reshape(1, 1, ROWS);
    INDArray mask = weighted ? Nd4j.createFromArray(weights).reshape(1, ROWS) : null;
    SoftmaxRows oracle =
        new SoftmaxRows(bias, StepLabels.read(labels, mask, 1, columns, ROWS), smoothing);
    float[] expected = z.clone();
    double[] losses = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      losses[row] = oracle.gradient(expected, row * columns, row, new float[columns]);
    }
    if (weighted) {
      classes[1] = -1;
    }

    long gradient = memory.inOut(z);
    long loss = memory.out(ROWS);
    operations.softmaxLoss(
        gradient,
        memory.in(bias),
        memory.in(classes),
        weighted ? memory.in(weights) : 0,
        loss,
        ROWS,
        columns,
        smoothing);
    assertArrayEquals(expected, memory.floats(gradient), 1e-6f);
    assertLosses(losses, memory.floats(loss), 1e-6);
    if (weighted) {
      assertThat(memory.floats(loss)[1]).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 31, 33, 100, 5000})
  void equalsDeeplearning4jsCrossEntropy(int columns) {
    float[] bias = floats(columns);
    float[] shares = shares(columns);
    float[] z = logits(columns);
    INDArray biased =
        Nd4j.createFromArray(z).reshape(ROWS, columns).addRowVector(Nd4j.createFromArray(bias));
    INDArray labels = Nd4j.createFromArray(shares).reshape(ROWS, columns);
    LossMCXENT stock = new LossMCXENT();
    double[] losses =
        stock
            .computeScoreArray(labels, biased.dup(), new ActivationSoftmax(), null)
            .reshape(ROWS)
            .toDoubleVector();
    float[] expected =
        stock
            .computeGradient(labels, biased.dup(), new ActivationSoftmax(), null)
            .reshape((long) ROWS * columns)
            .toFloatVector();

    long gradient = memory.inOut(z);
    long loss = memory.out(ROWS);
    operations.softmaxShares(gradient, memory.in(bias), memory.in(shares), loss, ROWS, columns);
    assertArrayEquals(expected, memory.floats(gradient), 1e-6f);
    assertLosses(losses, memory.floats(loss), 1e-5);
  }

  private static void assertLosses(double[] expected, float[] losses, double precision) {
    for (int row = 0; row < ROWS; row++) {
      double tolerance = precision * Math.max(1, Math.abs(expected[row]));
      assertThat((double) losses[row])
          .as("row %d", row)
          .isCloseTo(expected[row], within(tolerance));
    }
  }

  /**
   * Rows of usual logits, and some that overflow where they are not taken relative to the largest.
   */
  private float[] logits(int columns) {
    float[] z = floats(ROWS * columns);
    float[] scales = {1, 3, 0, 1e2f, 1e4f, 1e30f, -1e30f, 1e-30f, 10};
    for (int i = 0; i < z.length; i++) {
      z[i] *= scales[i / columns];
    }
    return z;
  }

  /** That sum to 1; of some rows all but one are 0. */
  private float[] shares(int columns) {
    float[] shares = new float[ROWS * columns];
    for (int row = 0; row < ROWS; row++) {
      shares[row * columns + random.nextInt(columns)] = 0.75f;
      shares[row * columns + (row % 2 == 0 ? columns - 1 : row % columns)] += 0.25f;
    }
    return shares;
  }
}
