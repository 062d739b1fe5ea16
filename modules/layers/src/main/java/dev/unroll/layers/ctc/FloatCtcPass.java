package dev.unroll.layers.ctc;

import dev.unroll.layers.memory.Gemm;
import dev.unroll.layers.memory.Gemm.Matrix;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.Parallel;
import dev.unroll.layers.memory.RowProducts;
import dev.unroll.layers.memory.VectorExp;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The pass in floats: all steps of all sequences are the rows of one matrix. */
final class FloatCtcPass implements CtcPass {
  /** Sequences that one thread computes side by side. */
  private static final int PART = 8;

  /** Logits whose exponentials are taken at once. */
  private static final int CHUNK = 1024;

  private final Matrix weights;
  private final int inputs;
  private final int classes;
  private final float[] bias;
  private final CtcSteps steps;

  FloatCtcPass(INDArray weights, INDArray bias, CtcSteps steps) {
    // Column after column, so that what lies there row after row is the transpose.
    inputs = weights.rows();
    classes = weights.columns();
    this.weights = new Matrix(NativeMemory.floats(weights), 0, inputs);
    this.bias = new float[classes];
    NativeMemory.read(bias, this.bias, classes);
    this.steps = steps;
  }

  @Override
  public void probabilities(INDArray x, INDArray output) {
    float[] p = new float[rows(x) * classes];
    softmax(logits(x, output), p, new float[0]);
    NativeMemory.write(p, output, p.length);
  }

  @Override
  public double[] losses(INDArray x, int[][] labels) {
    float[] logs = new float[rows(x) * classes];
    softmax(logits(x, work(x)), new float[logs.length], logs);
    return losses(logs, labels, null);
  }

  @Override
  public double[] gradients(
      INDArray x, int[][] labels, Map<String, INDArray> parameters, INDArray inner) {
    int rows = rows(x);
    INDArray work = work(x);
    float[] delta = new float[rows * classes];
    float[] logs = new float[delta.length];
    softmax(logits(x, work), delta, logs);
    double[] losses = losses(logs, labels, delta);
    NativeMemory.write(delta, work, delta.length);
    NativeMemory.zero(inner);
    Matrix dZ = matrix(work, classes);
    RowProducts.backward(rows, classes, inputs, dZ, weights, matrix(inner, inputs));
    Matrix dW = matrix(parameters.get(DefaultParamInitializer.WEIGHT_KEY), inputs);
    Gemm.multiplyTransposedLeft(classes, inputs, rows, dZ, matrix(x, inputs), dW);
    float[] sums = new float[classes];
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < classes; k++) {
        sums[k] += delta[row * classes + k];
      }
    }
    NativeMemory.write(sums, parameters.get(DefaultParamInitializer.BIAS_KEY), classes);
    return losses;
  }

  /**
   * The losses, and the gradients by the logits.
   *
   * @param delta probabilities that become the gradients; null if those are not wanted
   */
  private double[] losses(float[] logs, int[][] labels, float[] delta) {
    double[] losses = new double[labels.length];
    Parallel.forEach(
        parts(labels.length, PART),
        part -> {
          int from = part * PART;
          int to = Math.min(labels.length, from + PART);
          FloatCtc ctc =
              new FloatCtc(
                  logs,
                  classes,
                  Arrays.copyOfRange(steps.rows(), from, to),
                  Arrays.copyOfRange(labels, from, to));
          double[] found = delta == null ? ctc.losses() : ctc.gradient(delta);
          System.arraycopy(found, 0, losses, from, found.length);
        });
    return losses;
  }

  /** {@code x W}, a row after the other. */
  private float[] logits(INDArray x, INDArray room) {
    int rows = rows(x);
    RowProducts.forward(rows, classes, inputs, matrix(x, inputs), weights, matrix(room, classes));
    float[] z = new float[rows * classes];
    NativeMemory.read(room, z, z.length);
    return z;
  }

  /**
   * The softmax of every row that is a step; zeros elsewhere.
   *
   * @param z logits without the bias, overwritten
   * @param p room for the probabilities
   * @param logs room for their logarithms, or empty
   */
  private void softmax(float[] z, float[] p, float[] logs) {
    boolean[] present = steps.present(z.length / classes);
    int most = Math.max(1, CHUNK / classes);
    Parallel.forEach(
        parts(present.length, most),
        part -> {
          VectorExp exp = new VectorExp();
          int from = part * most;
          int to = Math.min(present.length, from + most);
          for (int row = from; row < to; row++) {
            shift(z, row * classes);
          }
          System.arraycopy(z, from * classes, p, from * classes, (to - from) * classes);
          exp.apply(p, from * classes, (to - from) * classes);
          for (int row = from; row < to; row++) {
            if (present[row]) {
              normalise(z, p, logs, row * classes);
            } else {
              Arrays.fill(p, row * classes, (row + 1) * classes, 0);
            }
          }
        });
  }

  /** Adds the bias and takes off the largest. */
  private void shift(float[] z, int offset) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      z[offset + k] += bias[k];
      if (z[offset + k] > largest) {
        largest = z[offset + k];
      }
    }
    for (int k = 0; k < classes; k++) {
      z[offset + k] -= largest;
    }
  }

  private void normalise(float[] z, float[] p, float[] logs, int offset) {
    float sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += p[offset + k];
    }
    float factor = 1 / sum;
    for (int k = 0; k < classes; k++) {
      p[offset + k] *= factor;
    }
    if (logs.length > 0) {
      float log = (float) Math.log(sum);
      for (int k = 0; k < classes; k++) {
        logs[offset + k] = z[offset + k] - log;
      }
    }
  }

  private INDArray work(INDArray x) {
    return Nd4j.createUninitializedDetached(x.dataType(), 'c', x.size(2), x.size(0), classes);
  }

  private static Matrix matrix(INDArray array, int columns) {
    return new Matrix(NativeMemory.floats(array), 0, columns);
  }

  private static int rows(INDArray sequences) {
    return Math.toIntExact(sequences.size(0) * sequences.size(2));
  }

  private static int parts(int length, int part) {
    return (length + part - 1) / part;
  }
}
