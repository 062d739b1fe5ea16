package dev.unroll.layers.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.memory.Gemm.Matrix;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

/** Blocks of rows, cut along the rows or the classes, against the equations in double. */
class LinearSoftmaxTest {
  private static final int INPUTS = 5;

  private final Random random = new Random(3);

  @ParameterizedTest
  @CsvSource({
    "7, 300, 1000", // one block, strips of classes
    "70, 300, 32", // three blocks: 32, 32 and 6 rows
    "70, 20, 32", // of which the last has more classes than rows
    "70, 20, 1000",
    "1, 300, 32",
    "0, 300, 32",
  })
  void gradientsAreThoseOfTheEquations(int rows, int classes, int mostRows) {
    float[] x = numbers(rows * INPUTS);
    float[] w = numbers(classes * INPUTS);
    float[] bias = numbers(classes);
    int[] label = random.ints(rows, 0, classes).toArray();
    double[] losses = new double[rows];
    FloatPointer dX = new FloatPointer(Math.max(1, rows * INPUTS));
    FloatPointer dW = new FloatPointer(w); // what was there before must not count
    LinearSoftmax softmax =
        new LinearSoftmax(new FloatPointer(w), INPUTS, bias, labels(label, classes), 0, mostRows);
    LinearSoftmax.Room room = new LinearSoftmax.Room();
    Matrix input = new Matrix(new FloatPointer(x), 0, INPUTS);
    float[] dBias =
        softmax.gradients(
            input,
            rows,
            row -> row,
            losses,
            new Matrix(dX, 0, INPUTS),
            new Matrix(dW, 0, INPUTS),
            room);

    double[] expectedBias = new double[classes];
    double[] expectedW = new double[w.length];
    for (int row = 0; row < rows; row++) {
      double[] p = new double[classes];
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        p[c] = bias[c];
        for (int i = 0; i < INPUTS; i++) {
          p[c] += (double) x[row * INPUTS + i] * w[c * INPUTS + i];
        }
        p[c] = Math.exp(p[c]);
        sum += p[c];
      }
      double[] expectedX = new double[INPUTS];
      for (int c = 0; c < classes; c++) {
        double delta = p[c] / sum - (c == label[row] ? 1 : 0);
        expectedBias[c] += delta;
        for (int i = 0; i < INPUTS; i++) {
          expectedX[i] += delta * w[c * INPUTS + i];
          expectedW[c * INPUTS + i] += delta * x[row * INPUTS + i];
        }
      }
      assertThat(losses[row]).isCloseTo(-Math.log(p[label[row]] / sum), within(1e-5));
      for (int i = 0; i < INPUTS; i++) {
        assertThat(dX.get((long) row * INPUTS + i)).isCloseTo((float) expectedX[i], within(1e-5f));
      }
    }
    for (int i = 0; i < w.length; i++) {
      assertThat(dW.get(i)).isCloseTo((float) expectedW[i], within(1e-4f));
    }
    for (int c = 0; c < classes; c++) {
      assertThat(dBias[c]).isCloseTo((float) expectedBias[c], within(1e-4f));
    }
    double[] alone = new double[rows];
    softmax.losses(input, rows, row -> row, alone, room);
    assertThat(alone).containsExactly(losses);
  }

  private static StepLabels labels(int[] label, int classes) {
    if (label.length == 0) {
      return StepLabels.NONE;
    }
    float[] values = new float[label.length];
    for (int i = 0; i < label.length; i++) {
      values[i] = label[i];
    }
    return StepLabels.read(
        Nd4j.createFromArray(values).reshape(label.length, 1, 1), null, label.length, classes, 1);
  }

  private float[] numbers(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
