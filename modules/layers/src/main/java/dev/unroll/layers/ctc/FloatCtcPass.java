package dev.unroll.layers.ctc;

import dev.unroll.layers.memory.Gemm;
import dev.unroll.layers.memory.Gemm.Matrix;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.RowProducts;
import java.util.Map;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The pass in floats: all steps of all sequences are the rows of one matrix. */
final class FloatCtcPass implements CtcPass {
  private final Matrix weights;
  private final int inputs;
  private final int classes;
  private final CtcScores scores;

  FloatCtcPass(INDArray weights, INDArray bias, CtcSteps steps) {
    // Column after column, so that what lies there row after row is the transpose.
    inputs = weights.rows();
    classes = weights.columns();
    this.weights = new Matrix(NativeMemory.floats(weights), 0, inputs);
    float[] values = new float[classes];
    NativeMemory.read(bias, values, classes);
    scores = new CtcScores(values, steps);
  }

  @Override
  public void probabilities(INDArray x, INDArray output) {
    float[] p = new float[rows(x) * classes];
    scores.softmax(logits(x, output), p, new float[0]);
    NativeMemory.write(p, output, p.length);
  }

  @Override
  public double[] losses(INDArray x, int[][] labels) {
    return scores.losses(logits(x, work(x)), labels);
  }

  @Override
  public double[] gradients(
      INDArray x, int[][] labels, Map<String, INDArray> parameters, INDArray inner) {
    int rows = rows(x);
    INDArray work = work(x);
    float[] delta = new float[rows * classes];
    double[] losses = scores.derivatives(logits(x, work), labels, delta);
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

  /** {@code x W}, a row after the other. */
  private float[] logits(INDArray x, INDArray room) {
    int rows = rows(x);
    RowProducts.forward(rows, classes, inputs, matrix(x, inputs), weights, matrix(room, classes));
    float[] z = new float[rows * classes];
    NativeMemory.read(room, z, z.length);
    return z;
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
}
