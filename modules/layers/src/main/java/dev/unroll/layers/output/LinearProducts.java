package dev.unroll.layers.output;

import dev.unroll.layers.memory.Gemm;
import dev.unroll.layers.memory.Gemm.Matrix;
import dev.unroll.layers.memory.Parallel;
import dev.unroll.layers.memory.Slab;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The products of a {@link LinearSoftmax}, on several threads. A block with more classes than rows
 * is cut along the classes, so that of the weights each strip is read once a block:
 *
 * <pre>
 *              classes
 *         | strip | strip | …      each strip: its logits; after the softmax of whole rows, its
 *   block |       |       |        rows of dW and a summand of dX
 *    rows |       |       |
 * </pre>
 */
final class LinearProducts {
  /** Classes (or inputs) that one thread takes at once, at least. */
  private static final int STRIP = 128;

  /** And at least such a part of them: each strip arranges the rows anew, which costs time. */
  private static final int STRIPS = 8;

  /** The same where there are more classes than rows: few rows are soon arranged. */
  private static final int WIDE_STRIPS = 16;

  private final FloatPointer transposedWeights;
  private final int inputs;
  private final int classes;
  private final int rowsAtOnce;

  /**
   * Those with some weights.
   *
   * @param transposedWeights {@code [classes, inputs]}, row after row
   * @param rowsAtOnce that one thread takes; must not depend on the number of threads
   */
  LinearProducts(FloatPointer transposedWeights, int inputs, int classes, int rowsAtOnce) {
    this.transposedWeights = transposedWeights;
    this.inputs = inputs;
    this.classes = classes;
    this.rowsAtOnce = rowsAtOnce;
  }

  /**
   * {@code dX = Z Wᵀ} and {@code dWᵀ = Zᵀ X}.
   *
   * @param dW {@code [classes, inputs]}
   * @param add whether it is added to dW
   * @param room for summands of dX
   */
  void backward(Matrix x, Matrix z, int rows, Matrix dX, Matrix dW, boolean add, Slab room) {
    if (classes > rows && rows > 0) {
      backwardByClasses(x, z, rows, dX, dW, add, room);
    } else {
      backwardByRows(x, z, rows, dX, dW, add);
    }
  }

  private void backwardByRows(Matrix x, Matrix z, int rows, Matrix dX, Matrix dW, boolean add) {
    Matrix w = new Matrix(transposedWeights, 0, inputs);
    forEachPart(
        rows,
        (from, to) ->
            Gemm.multiply(to - from, inputs, classes, z.fromRow(from), w, dX.fromRow(from)));
    weightGradient(x, z, dW, rows, add);
  }

  /** {@code dX = Z Wᵀ} as a sum over strips of classes, and {@code dWᵀ = Zᵀ X} strip by strip. */
  private void backwardByClasses(
      Matrix x, Matrix z, int rows, Matrix dX, Matrix dW, boolean add, Slab room) {
    int width = strip(classes, WIDE_STRIPS);
    int strips = parts(classes, width);
    Matrix summands = summands(room, (long) strips * rows);
    Parallel.forEach(
        strips,
        strip -> {
          int from = strip * width;
          int count = Math.min(width, classes - from);
          Matrix w = new Matrix(transposedWeights, (long) from * inputs, inputs);
          Matrix ofStrip = z.fromColumn(from);
          Gemm.multiply(rows, inputs, count, ofStrip, w, summands.fromRow((long) strip * rows));
          transposedLeft(count, inputs, rows, ofStrip, x, dW.fromRow(from), add);
        });
    forEachPart(
        rows,
        (from, to) -> {
          float[] sum = new float[(to - from) * inputs];
          float[] summand = new float[sum.length];
          summands.fromRow(from).read(sum, to - from, inputs);
          for (int strip = 1; strip < strips; strip++) {
            summands.fromRow((long) strip * rows + from).read(summand, to - from, inputs);
            SoftmaxRows.add(summand, sum);
          }
          dX.fromRow(from).write(sum, to - from, inputs);
        });
  }

  /** {@code X W}, in strips along its longer side. */
  void logits(Matrix x, Matrix z, int rows) {
    if (classes > rows) {
      int width = strip(classes, WIDE_STRIPS);
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
          (from, to) ->
              Gemm.multiplyTransposedRight(
                  to - from, classes, inputs, x.fromRow(from), transposedWeights, z.fromRow(from)));
    }
  }

  /** {@code Zᵀ X}, in strips along its longer side. */
  private void weightGradient(Matrix x, Matrix z, Matrix gradient, int rows, boolean add) {
    int side = Math.max(inputs, classes);
    int width = strip(side, STRIPS);
    boolean wide = inputs >= classes;
    Parallel.forEach(
        parts(side, width),
        strip -> {
          int from = strip * width;
          int count = Math.min(width, side - from);
          transposedLeft(
              wide ? classes : count,
              wide ? count : inputs,
              rows,
              wide ? z : z.fromColumn(from),
              wide ? x.fromColumn(from) : x,
              wide ? gradient.fromColumn(from) : gradient.fromRow(from),
              add);
        });
  }

  private static void transposedLeft(
      int m, int n, int k, Matrix a, Matrix b, Matrix c, boolean add) {
    if (add) {
      Gemm.addProductTransposedLeft(m, n, k, a, b, c);
    } else {
      Gemm.multiplyTransposedLeft(m, n, k, a, b, c);
    }
  }

  /** In whole cache lines, so that no two threads write to one. */
  private static int strip(int side, int strips) {
    return Math.max(STRIP, parts(parts(side, strips), 16) * 16);
  }

  private Matrix summands(Slab room, long rows) {
    return new Matrix(room.reserve(rows * inputs).floats(), 0, inputs);
  }

  /** Does something with rows {@code from} to {@code to - 1}. */
  private interface Rows {
    void accept(int from, int to);
  }

  private void forEachPart(int rows, Rows body) {
    Parallel.forEach(
        parts(rows, rowsAtOnce),
        part -> body.accept(part * rowsAtOnce, Math.min(rows, (part + 1) * rowsAtOnce)));
  }

  /** How many parts of a length there are, the last of which may be shorter. */
  static int parts(int length, int part) {
    return (length + part - 1) / part;
  }
}
