package dev.unroll.layers.memory;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Products of row-major matrices in native memory.
 *
 * <p>The method of OpenBLAS that takes a {@code float[]} copies every matrix; hence the pointers.
 */
public final class Gemm {
  static {
    SingleThreadedBlas.ensure();
  }

  private Gemm() {}

  /**
   * A matrix, not transposed.
   *
   * @param memory where the array that holds it begins
   * @param offset the matrix's first element in there
   * @param stride elements from one row to the next
   */
  public record Matrix(FloatPointer memory, long offset, int stride) {
    private FloatPointer first() {
      return new FloatPointer(memory).position(memory.position() + offset);
    }
  }

  /** {@code c = a b}, where a is {@code [m, k]} and b is {@code [k, n]}. */
  public static void multiply(int m, int n, int k, Matrix a, Matrix b, Matrix c) {
    run(false, m, n, k, a, b, c);
  }

  /** {@code c = aᵀ b}, where a is {@code [k, m]} and b is {@code [k, n]}. */
  public static void multiplyTransposedLeft(int m, int n, int k, Matrix a, Matrix b, Matrix c) {
    run(true, m, n, k, a, b, c);
  }

  /** {@code c = a bᵀ}, where a is {@code [m, k]} and b is {@code [n, k]} and dense. */
  public static void multiplyTransposedRight(
      int m, int n, int k, Matrix a, FloatPointer b, Matrix c) {
    FewRows.timesTransposed(m, n, k, a.first(), a.stride(), b, false, c.first(), c.stride());
  }

  private static void run(boolean transposed, int m, int n, int k, Matrix a, Matrix b, Matrix c) {
    openblas_nolapack.cblas_sgemm(
        openblas_nolapack.CblasRowMajor,
        transposed ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
        openblas_nolapack.CblasNoTrans,
        m,
        n,
        k,
        1,
        a.first(),
        a.stride(),
        b.first(),
        b.stride(),
        0,
        c.first(),
        c.stride());
  }
}
