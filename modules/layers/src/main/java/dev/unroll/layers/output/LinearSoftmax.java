package dev.unroll.layers.output;

import dev.unroll.layers.memory.Gemm;
import dev.unroll.layers.memory.Gemm.Matrix;
import dev.unroll.layers.memory.Parallel;
import java.util.function.IntUnaryOperator;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A linear layer, softmax and cross-entropy of the rows of a matrix, in floats on several threads:
 * {@code X [rows, inputs]} is the input and {@code Z [rows, classes]} first the logits, then their
 * gradient. {@code W [inputs, classes]} lies column after column, so that what lies there row after
 * row is its transpose.
 */
public final class LinearSoftmax {
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
  private final int rowsAtOnce;

  /**
   * One for a batch.
   *
   * @param bias one a class
   * @param labels of all rows of the batch; see {@link SoftmaxRows}
   * @param smoothing the share of a label that is spread over all classes
   * @param rowsAtOnce rows that one thread takes at once; must not depend on the number of threads
   */
  public LinearSoftmax(
      FloatPointer transposedWeights,
      int inputs,
      float[] bias,
      StepLabels labels,
      double smoothing,
      int rowsAtOnce) {
    this.transposedWeights = transposedWeights;
    this.inputs = inputs;
    this.classes = bias.length;
    this.bias = bias;
    this.labels = labels;
    this.smoothing = smoothing;
    this.rowsAtOnce = rowsAtOnce;
  }

  /**
   * The probabilities of the classes.
   *
   * @param z becomes them
   * @param numbers of the rows, for the labels
   */
  public void probabilities(Matrix x, Matrix z, int rows, IntUnaryOperator numbers) {
    logits(x, z, rows);
    forEachPart(
        rows,
        (part, from, to) -> {
          SoftmaxRows softmax = new SoftmaxRows(bias, labels, smoothing);
          forEachRow(
              z, from, to, (p, at, row) -> softmax.probabilities(p, at, numbers.applyAsInt(row)));
        });
  }

  /**
   * Adds the loss of each row to {@code losses}, at its number.
   *
   * @param z will be overwritten
   */
  public void losses(Matrix x, Matrix z, int rows, IntUnaryOperator numbers, double[] losses) {
    logits(x, z, rows);
    forEachPart(
        rows, (part, from, to) -> gradients(z, from, to, numbers, losses, new float[classes]));
  }

  /**
   * The same, and the gradients of the sum of the losses.
   *
   * @param dX becomes the gradient of x
   * @param dW becomes the gradient of W, transposed as W is
   * @return the gradient of the bias
   */
  public float[] gradients(
      Matrix x,
      Matrix z,
      int rows,
      IntUnaryOperator numbers,
      double[] losses,
      Matrix dX,
      Matrix dW) {
    Matrix w = new Matrix(transposedWeights, 0, inputs);
    logits(x, z, rows);
    float[][] biasSums = new float[Math.max(1, parts(rows, rowsAtOnce))][classes];
    forEachPart(
        rows,
        (part, from, to) -> {
          gradients(z, from, to, numbers, losses, biasSums[part]);
          Gemm.multiply(to - from, inputs, classes, z.fromRow(from), w, dX.fromRow(from));
        });
    weightGradient(x, z, dW, rows);
    for (int part = 1; part < biasSums.length; part++) {
      SoftmaxRows.add(biasSums[part], biasSums[0]);
    }
    return biasSums[0];
  }

  private void gradients(
      Matrix z, int from, int to, IntUnaryOperator numbers, double[] losses, float[] sums) {
    SoftmaxRows softmax = new SoftmaxRows(bias, labels, smoothing);
    forEachRow(
        z,
        from,
        to,
        (d, at, row) -> {
          int number = numbers.applyAsInt(row);
          losses[number] += softmax.gradient(d, at, number, sums);
        });
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

  private void forEachPart(int rows, Part body) {
    Parallel.forEach(
        parts(rows, rowsAtOnce),
        part -> body.accept(part, part * rowsAtOnce, Math.min(rows, (part + 1) * rowsAtOnce)));
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

  private static int parts(int length, int part) {
    return (length + part - 1) / part;
  }
}
