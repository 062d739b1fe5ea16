package dev.unroll.layers.memory;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;

import org.bytedeco.javacpp.FloatPointer;

/** Products of OpenBLAS in which the left matrix may have a few rows only. */
public final class FewRows {
  /**
   * Up to here rows are multiplied one by one. The product of two matrices first rearranges both,
   * which for a large second one costs as much as eight rows, and up to 16 times as much as one.
   */
  static final int FEW = 8;

  private FewRows() {}

  /**
   * {@code c = a bᵀ}, or {@code c += a bᵀ}; all matrices lie row after row.
   *
   * @param a {@code [rows, k]}
   * @param aStride values from one row of it to the next
   * @param b {@code [columns, k]}, dense
   * @param c {@code [rows, columns]}
   * @param cStride values from one row of it to the next
   */
  public static void timesTransposed(
      int rows,
      int columns,
      int k,
      FloatPointer a,
      int aStride,
      FloatPointer b,
      boolean add,
      FloatPointer c,
      int cStride) {
    timesTransposed(rows, columns, k, a, aStride, b, k, add, c, cStride);
  }

  /** The same where the rows of {@code b} need not touch: {@code bStride} values lie between. */
  static void timesTransposed(
      int rows,
      int columns,
      int k,
      FloatPointer a,
      int aStride,
      FloatPointer b,
      int bStride,
      boolean add,
      FloatPointer c,
      int cStride) {
    float beta = add ? 1 : 0;
    if (rows > FEW) {
      cblas_sgemm(
          CblasRowMajor,
          CblasNoTrans,
          CblasTrans,
          rows,
          columns,
          k,
          1,
          a,
          aStride,
          b,
          bStride,
          beta,
          c,
          cStride);
      return;
    }
    Address x = new Address();
    Address y = new Address();
    for (int row = 0; row < rows; row++) {
      x.at(first(a) + 4L * row * aStride);
      y.at(first(c) + 4L * row * cStride);
      cblas_sgemv(CblasRowMajor, CblasNoTrans, columns, k, 1, b, bStride, x, 1, beta, y, 1);
    }
  }

  private static long first(FloatPointer pointer) {
    return pointer.address() + 4 * pointer.position();
  }
}
