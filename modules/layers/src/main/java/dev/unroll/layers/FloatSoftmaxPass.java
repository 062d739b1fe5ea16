package dev.unroll.layers;

import dev.unroll.layers.memory.Gemm;
import dev.unroll.layers.memory.Gemm.Matrix;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.Parallel;
import dev.unroll.layers.output.StepLabels;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The pass in floats. All steps of all examples are the rows of one matrix: {@code X [rows, nIn]}
 * is the input and {@code Z [rows, classes]} first the logits, then their gradient. {@code W [nIn,
 * classes]} lies column after column, so that what lies there row after row is its transpose.
 */
final class FloatSoftmaxPass implements SoftmaxPass {
  /** Rows that one thread takes at once. */
  private static final int ROWS = 256;

  /** Elements of Z that are on the heap at once. */
  private static final int CHUNK = 1 << 13;

  /** Columns (or rows) of the weights' gradient that one thread takes at once, at least. */
  private static final int STRIP = 128;

  private final FloatPointer transposedWeights;
  private final int inputs;
  private final int classes;
  private final float[] bias;
  private final StepLabels labels;
  private final double smoothing;

  FloatSoftmaxPass(INDArray weights, INDArray bias, StepLabels labels, double smoothing) {
    transposedWeights = NativeMemory.floats(weights);
    inputs = weights.rows();
    classes = weights.columns();
    this.bias = new float[classes];
    NativeMemory.read(bias, this.bias, classes);
    this.labels = labels;
    this.smoothing = smoothing;
  }

  @Override
  public void probabilities(INDArray x, INDArray output) {
    forEachPart(
        rows(x),
        (part, from, to) -> {
          SoftmaxRows softmax = new SoftmaxRows(bias, labels, smoothing);
          logits(x, output, from, to);
          forEachRow(output, from, to, (z, at, row) -> softmax.probabilities(z, at, row));
        });
  }

  @Override
  public double[] losses(INDArray x, INDArray work) {
    double[] losses = new double[rows(x)];
    forEachPart(
        losses.length,
        (part, from, to) -> {
          SoftmaxRows softmax = new SoftmaxRows(bias, labels, smoothing);
          logits(x, work, from, to);
          forEachRow(work, from, to, (z, at, row) -> losses[row] = softmax.gradient(z, at, row));
        });
    return losses;
  }

  @Override
  public double[] gradients(
      INDArray x, INDArray work, Map<String, INDArray> parameters, INDArray inner) {
    double[] losses = new double[rows(x)];
    float[][] biasSums = new float[parts(losses.length, ROWS)][classes];
    forEachPart(
        losses.length,
        (part, from, to) -> {
          SoftmaxRows softmax = new SoftmaxRows(bias, labels, smoothing);
          float[] sums = biasSums[part];
          logits(x, work, from, to);
          forEachRow(
              work,
              from,
              to,
              (z, at, row) -> {
                losses[row] = softmax.gradient(z, at, row);
                add(z, at, sums);
              });
          Gemm.multiply(
              to - from,
              inputs,
              classes,
              matrix(work, (long) from * classes, classes),
              new Matrix(transposedWeights, 0, inputs),
              matrix(inner, (long) from * inputs, inputs));
        });
    for (int part = 1; part < biasSums.length; part++) {
      add(biasSums[part], 0, biasSums[0]);
    }
    NativeMemory.write(biasSums[0], parameters.get(DefaultParamInitializer.BIAS_KEY), classes);
    weightGradient(x, work, parameters.get(DefaultParamInitializer.WEIGHT_KEY), losses.length);
    return losses;
  }

  private void logits(INDArray x, INDArray z, int from, int to) {
    Gemm.multiplyTransposedRight(
        to - from,
        classes,
        inputs,
        matrix(x, (long) from * inputs, inputs),
        transposedWeights,
        matrix(z, (long) from * classes, classes));
  }

  /** {@code Zᵀ X}, in strips along its longer side. */
  private void weightGradient(INDArray x, INDArray z, INDArray gradient, int rows) {
    int side = Math.max(inputs, classes);
    boolean wide = inputs >= classes;
    Parallel.forEach(
        parts(side, STRIP),
        strip -> {
          int from = strip * STRIP;
          int width = Math.min(STRIP, side - from);
          Gemm.multiplyTransposedLeft(
              wide ? classes : width,
              wide ? width : inputs,
              rows,
              matrix(z, wide ? 0 : from, classes),
              matrix(x, wide ? from : 0, inputs),
              matrix(gradient, wide ? from : (long) from * inputs, inputs));
        });
  }

  /** Does something with rows {@code from} to {@code to - 1}. */
  private interface Part {
    void accept(int part, int from, int to);
  }

  /** Does something with a row, which lies from {@code at} on in {@code z}. */
  private interface Row {
    void accept(float[] z, int at, int row);
  }

  private static void forEachPart(int rows, Part body) {
    Parallel.forEach(
        parts(rows, ROWS),
        part -> body.accept(part, part * ROWS, Math.min(rows, (part + 1) * ROWS)));
  }

  private void forEachRow(INDArray matrix, int from, int to, Row body) {
    int step = Math.max(1, CHUNK / classes);
    float[] z = new float[Math.min(step, to - from) * classes];
    FloatPointer memory = NativeMemory.floats(matrix);
    for (int first = from; first < to; first += step) {
      int count = Math.min(step, to - first);
      memory.position((long) first * classes).get(z, 0, count * classes);
      for (int k = 0; k < count; k++) {
        body.accept(z, k * classes, first + k);
      }
      memory.put(z, 0, count * classes);
    }
  }

  private static void add(float[] from, int offset, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[offset + i];
    }
  }

  private static Matrix matrix(INDArray array, long offset, int stride) {
    return new Matrix(NativeMemory.floats(array), offset, stride);
  }

  private static int rows(INDArray sequences) {
    return Math.toIntExact(sequences.size(0) * sequences.size(2));
  }

  private static int parts(int length, int part) {
    return (length + part - 1) / part;
  }
}
