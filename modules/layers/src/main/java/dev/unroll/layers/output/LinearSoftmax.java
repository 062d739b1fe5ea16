package dev.unroll.layers.output;

import dev.unroll.layers.memory.Gemm.Matrix;
import dev.unroll.layers.memory.Parallel;
import dev.unroll.layers.memory.Slab;
import java.util.function.IntUnaryOperator;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A linear layer, softmax and cross-entropy of the rows of a matrix, in floats on several threads:
 * {@code X [rows, inputs]} is the input and {@code Z [rows, classes]} first the logits, then their
 * gradient. {@code W [inputs, classes]} lies column after column, so that what lies there row after
 * row is its transpose.
 *
 * <p>Of Z there is only a block of rows at a time where probabilities are not what is wanted, so
 * that the memory for 50,000 classes does not grow with the batch.
 */
public final class LinearSoftmax {
  /** Elements of Z that are on the heap at once. */
  private static final int CHUNK = 1 << 13;

  /** Elements of Z that there are at once, unless the fewest rows of a block have more. */
  private static final int BLOCK = 1 << 24;

  private static final int FEWEST_ROWS = 128;

  /** Logits that one thread takes at once, between these bounds of rows. */
  private static final int LOGITS = 1 << 19;

  private static final int MOST_ROWS_AT_ONCE = 256;
  private static final int FEWEST_ROWS_AT_ONCE = 16;

  /** Native memory that is used again for every batch. */
  public static final class Room {
    private final Slab logits = new Slab(DataType.FLOAT);
    private final Slab summands = new Slab(DataType.FLOAT);

    private Matrix logits(int rows, int classes) {
      return new Matrix(logits.reserve((long) rows * classes).floats(), 0, classes);
    }
  }

  private final LinearProducts products;
  private final int classes;
  private final float[] bias;
  private final StepLabels labels;
  private final double smoothing;
  private final int rowsAtOnce;
  private final int mostRows;

  /**
   * One for a batch.
   *
   * @param bias one a class
   * @param labels of all rows of the batch; see {@link SoftmaxRows}
   * @param smoothing the share of a label that is spread over all classes
   */
  public LinearSoftmax(
      FloatPointer transposedWeights,
      int inputs,
      float[] bias,
      StepLabels labels,
      double smoothing) {
    this(
        transposedWeights,
        inputs,
        bias,
        labels,
        smoothing,
        Math.max(FEWEST_ROWS, BLOCK / bias.length));
  }

  /**
   * The same with blocks of another size.
   *
   * @param mostRows of a block; must not depend on the number of threads
   */
  LinearSoftmax(
      FloatPointer transposedWeights,
      int inputs,
      float[] bias,
      StepLabels labels,
      double smoothing,
      int mostRows) {
    this.classes = bias.length;
    this.bias = bias;
    this.labels = labels;
    this.smoothing = smoothing;
    this.mostRows = mostRows;
    this.rowsAtOnce =
        Math.max(FEWEST_ROWS_AT_ONCE, Math.min(MOST_ROWS_AT_ONCE, LOGITS / bias.length));
    this.products = new LinearProducts(transposedWeights, inputs, classes, rowsAtOnce);
  }

  /**
   * The probabilities of the classes.
   *
   * @param z becomes them
   * @param numbers of the rows, for the labels
   */
  public void probabilities(Matrix x, Matrix z, int rows, IntUnaryOperator numbers) {
    products.logits(x, z, rows);
    forEachPart(
        rows,
        (part, from, to) -> {
          SoftmaxRows softmax = new SoftmaxRows(bias, labels, smoothing);
          forEachRow(
              z, from, to, (p, at, row) -> softmax.probabilities(p, at, numbers.applyAsInt(row)));
        });
  }

  /** Adds the loss of each row to {@code losses}, at its number. */
  public void losses(Matrix x, int rows, IntUnaryOperator numbers, double[] losses, Room room) {
    forEachBlock(
        rows,
        (block, from, to) -> {
          Matrix z = room.logits(to - from, classes);
          products.logits(x.fromRow(from), z, to - from);
          IntUnaryOperator inBlock = row -> numbers.applyAsInt(from + row);
          forEachPart(
              to - from,
              (part, first, end) -> gradients(z, first, end, inBlock, losses, new float[classes]));
        });
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
      int rows,
      IntUnaryOperator numbers,
      double[] losses,
      Matrix dX,
      Matrix dW,
      Room room) {
    int largest = Math.min(rows, blockRows(rows));
    float[][] biasSums = new float[Math.max(1, LinearProducts.parts(largest, rowsAtOnce))][classes];
    forEachBlock(
        rows,
        (block, from, to) -> {
          int count = to - from;
          Matrix z = room.logits(count, classes);
          Matrix inputsOfBlock = x.fromRow(from);
          products.logits(inputsOfBlock, z, count);
          IntUnaryOperator inBlock = row -> numbers.applyAsInt(from + row);
          forEachPart(
              count,
              (part, first, end) -> gradients(z, first, end, inBlock, losses, biasSums[part]));
          products.backward(
              inputsOfBlock, z, count, dX.fromRow(from), dW, block > 0, room.summands);
        });
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

  /** About as many in each block. */
  private int blockRows(int rows) {
    return rows <= mostRows
        ? rows
        : LinearProducts.parts(LinearProducts.parts(rows, LinearProducts.parts(rows, mostRows)), 16)
            * 16;
  }

  /** One block after the other; the first also if there is no row. */
  private void forEachBlock(int rows, Part body) {
    int size = Math.max(1, blockRows(rows));
    for (int block = 0; block < Math.max(1, LinearProducts.parts(rows, size)); block++) {
      body.accept(block, block * size, Math.min(rows, (block + 1) * size));
    }
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
        LinearProducts.parts(rows, rowsAtOnce),
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
}
