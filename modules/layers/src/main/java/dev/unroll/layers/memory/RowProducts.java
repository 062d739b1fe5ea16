package dev.unroll.layers.memory;

import dev.unroll.layers.memory.Gemm.Matrix;

/**
 * Products of all steps of all examples with one matrix {@code W [out, in]}, which lies row after
 * row, on several threads.
 */
public final class RowProducts {
  /** Rows that one thread takes at once. */
  private static final int ROWS = 256;

  /** Columns of the derivative of a matrix that one thread takes at once. */
  private static final int STRIP = 128;

  private RowProducts() {}

  /** Does something with {@code count} rows from {@code from} on. */
  public interface Part {
    /** Does it. */
    void accept(int from, int count);
  }

  /** Does something with all rows, many at once, on several threads. */
  public static void forEachPart(int rows, Part body) {
    Parallel.forEach(
        parts(rows, ROWS), part -> body.accept(part * ROWS, Math.min(ROWS, rows - part * ROWS)));
  }

  /** {@code y = x Wᵀ}. */
  public static void forward(int rows, int out, int in, Matrix x, Matrix w, Matrix y) {
    forEachPart(
        rows,
        (from, count) ->
            Gemm.multiplyTransposedRight(count, out, in, x.fromRow(from), w, y.fromRow(from)));
  }

  /** {@code dX += dY W}. */
  public static void backward(int rows, int out, int in, Matrix dY, Matrix w, Matrix dX) {
    forEachPart(
        rows,
        (from, count) -> Gemm.addProduct(count, in, out, dY.fromRow(from), w, dX.fromRow(from)));
  }

  /** {@code dW = dYᵀ x}, in strips along its longer side. */
  public static void gradient(int rows, int out, int in, Matrix dY, Matrix x, Matrix dW) {
    boolean wide = in >= out;
    int side = wide ? in : out;
    Parallel.forEach(
        parts(side, STRIP),
        strip -> {
          int from = strip * STRIP;
          int width = Math.min(STRIP, side - from);
          Gemm.multiplyTransposedLeft(
              wide ? out : width,
              wide ? width : in,
              rows,
              wide ? dY : dY.fromColumn(from),
              wide ? x.fromColumn(from) : x,
              wide ? dW.fromColumn(from) : dW.fromRow(from));
        });
  }

  private static int parts(int length, int part) {
    return (length + part - 1) / part;
  }
}
