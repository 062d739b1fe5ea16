package dev.unroll.layers;

import dev.unroll.layers.memory.Gemm;
import dev.unroll.layers.memory.Gemm.Matrix;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.Parallel;
import dev.unroll.layers.memory.PresentRows;
import dev.unroll.layers.memory.Slab;
import dev.unroll.layers.output.StepLabels;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The pass in floats. All steps of all examples that are no padding are the rows of one matrix:
 * {@code X [rows, nIn]} is the input and {@code Z [rows, classes]} first the logits, then their
 * gradient. {@code W [nIn, classes]} lies column after column, so that what lies there row after
 * row is its transpose.
 */
final class FloatSoftmaxPass implements SoftmaxPass {
  /** Rows that one thread takes at once. */
  private static final int ROWS = 256;

  /** Elements of Z that are on the heap at once. */
  private static final int CHUNK = 1 << 13;

  /** Classes (or inputs) that one thread takes at once, at least. */
  private static final int STRIP = 128;

  /** And at least such a part of them: each strip arranges the rows anew, which costs time. */
  private static final int STRIPS = 8;

  private final FloatPointer transposedWeights;
  private final int inputs;
  private final int classes;
  private final float[] bias;
  private final StepLabels labels;
  private final double smoothing;
  private final Slab room;

  /**
   * A pass.
   *
   * @param room for the steps that are no padding, side by side
   */
  FloatSoftmaxPass(
      INDArray weights, INDArray bias, StepLabels labels, double smoothing, Slab room) {
    transposedWeights = NativeMemory.floats(weights);
    inputs = weights.rows();
    classes = weights.columns();
    this.bias = new float[classes];
    NativeMemory.read(bias, this.bias, classes);
    this.labels = labels;
    this.smoothing = smoothing;
    this.room = room;
  }

  @Override
  public void probabilities(INDArray x, INDArray output) {
    PresentRows rows = present(x);
    Matrix packed = pack(rows, x);
    Matrix z = matrix(output, classes);
    logits(packed, z, rows.count());
    forEachPart(
        rows.count(),
        (part, from, to) -> {
          SoftmaxRows softmax = new SoftmaxRows(bias, labels, smoothing);
          forEachRow(z, from, to, (p, at, row) -> softmax.probabilities(p, at, rows.number(row)));
        });
    rows.spread(z, classes);
  }

  @Override
  public double[] losses(INDArray x, INDArray work) {
    PresentRows rows = present(x);
    Matrix packed = pack(rows, x);
    Matrix z = matrix(work, classes);
    double[] losses = new double[rows(x)];
    logits(packed, z, rows.count());
    forEachPart(
        rows.count(),
        (part, from, to) -> {
          SoftmaxRows softmax = new SoftmaxRows(bias, labels, smoothing);
          float[] sums = new float[classes];
          forEachRow(
              z, from, to, (d, at, row) -> gradient(softmax, d, at, rows, row, sums, losses));
        });
    return losses;
  }

  @Override
  public double[] gradients(
      INDArray x, INDArray work, Map<String, INDArray> parameters, INDArray inner) {
    PresentRows rows = present(x);
    Matrix packed = pack(rows, x);
    Matrix z = matrix(work, classes);
    Matrix dX = matrix(inner, inputs);
    Matrix w = new Matrix(transposedWeights, 0, inputs);
    double[] losses = new double[rows(x)];
    logits(packed, z, rows.count());
    float[][] biasSums = new float[Math.max(1, parts(rows.count(), ROWS))][classes];
    forEachPart(
        rows.count(),
        (part, from, to) -> {
          SoftmaxRows softmax = new SoftmaxRows(bias, labels, smoothing);
          float[] sums = biasSums[part];
          forEachRow(
              z, from, to, (d, at, row) -> gradient(softmax, d, at, rows, row, sums, losses));
          Gemm.multiply(to - from, inputs, classes, z.fromRow(from), w, dX.fromRow(from));
        });
    rows.spread(dX, inputs);
    for (int part = 1; part < biasSums.length; part++) {
      SoftmaxRows.add(biasSums[part], biasSums[0]);
    }
    NativeMemory.write(biasSums[0], parameters.get(DefaultParamInitializer.BIAS_KEY), classes);
    weightGradient(
        packed,
        z,
        matrix(parameters.get(DefaultParamInitializer.WEIGHT_KEY), inputs),
        rows.count());
    return losses;
  }

  private PresentRows present(INDArray x) {
    return PresentRows.of(rows(x), row -> labels.weight(row) != 0);
  }

  private Matrix pack(PresentRows rows, INDArray x) {
    room.reserve((long) rows.count() * inputs);
    return rows.pack(matrix(x, inputs), inputs, new Matrix(room.floats(), 0, inputs));
  }

  private static void gradient(
      SoftmaxRows softmax,
      float[] z,
      int at,
      PresentRows rows,
      int row,
      float[] sums,
      double[] losses) {
    int number = rows.number(row);
    losses[number] = softmax.gradient(z, at, number, sums);
  }

  /** {@code X W}, in strips along its longer side. */
  private void logits(Matrix x, Matrix z, int rows) {
    if (classes > rows) {
      int width = strip(classes);
      Parallel.forEach(
          parts(classes, width),
          strip -> {
            int from = strip * width;
            Gemm.multiplyTransposedRight(
                rows,
                Math.min(width, classes - from),
                inputs,
                x,
                new Matrix(transposedWeights, (long) from * inputs, inputs),
                z.fromColumn(from));
          });
    } else {
      forEachPart(
          rows,
          (part, from, to) ->
              Gemm.multiplyTransposedRight(
                  to - from, classes, inputs, x.fromRow(from), transposedWeights, z.fromRow(from)));
    }
  }

  /** {@code Zᵀ X}, in strips along its longer side. */
  private void weightGradient(Matrix x, Matrix z, Matrix gradient, int rows) {
    int side = Math.max(inputs, classes);
    int width = strip(side);
    boolean wide = inputs >= classes;
    Parallel.forEach(
        parts(side, width),
        strip -> {
          int from = strip * width;
          int count = Math.min(width, side - from);
          Gemm.multiplyTransposedLeft(
              wide ? classes : count,
              wide ? count : inputs,
              rows,
              wide ? z : z.fromColumn(from),
              wide ? x.fromColumn(from) : x,
              wide ? gradient.fromColumn(from) : gradient.fromRow(from));
        });
  }

  /** In whole cache lines, so that no two threads write to one. */
  private static int strip(int side) {
    return Math.max(STRIP, parts(parts(side, STRIPS), 16) * 16);
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

  private void forEachRow(Matrix matrix, int from, int to, Row body) {
    int step = Math.max(1, CHUNK / classes);
    float[] z = new float[Math.min(step, to - from) * classes];
    for (int first = from; first < to; first += step) {
      int count = Math.min(step, to - first);
      Matrix chunk = matrix.fromRow(first);
      chunk.read(z, count, classes);
      for (int k = 0; k < count; k++) {
        body.accept(z, k * classes, first + k);
      }
      chunk.write(z, count, classes);
    }
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
