package dev.unroll.layers.kernel.blas;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.blas.BlasKernel.BlasWeights;
import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.FewRows;
import dev.unroll.layers.memory.Slab;
import org.bytedeco.javacpp.FloatPointer;

/**
 * With the parameters where they lie; OpenBLAS rearranges {@code R} for itself in every product.
 */
public final class BlasProducts implements CellProducts {
  private final int hidden;
  private final int columns;
  private BlasWeights parameters;
  private int rows;

  /** The products of a cell of these sizes. */
  public BlasProducts(CellShape shape) {
    hidden = shape.hidden();
    columns = shape.cell().gates() * hidden;
  }

  @Override
  public void begin(BlasWeights newParameters, int newRows, int steps) {
    parameters = newParameters;
    rows = newRows;
  }

  @Override
  public void forward(int first, int gates, Address h, Address z, boolean add) {
    FewRows.timesTransposed(
        rows, gates * hidden, hidden, h, hidden, parameters.recurrentOf(first), add, z, columns);
  }

  @Override
  public void backward(int first, int gates, Address dZ, Slab dH) {
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasNoTrans,
        rows,
        hidden,
        gates * hidden,
        1,
        dZ,
        columns,
        parameters.recurrentOf(first),
        hidden,
        0,
        dH.floats(),
        hidden);
  }

  @Override
  public void multiply(
      boolean transposed,
      int m,
      int n,
      int k,
      FloatPointer a,
      int aStride,
      FloatPointer b,
      boolean add,
      FloatPointer c) {
    cblas_sgemm(
        CblasRowMajor,
        transposed ? CblasTrans : CblasNoTrans,
        CblasNoTrans,
        m,
        n,
        k,
        1,
        a,
        aStride,
        b,
        n,
        add ? 1 : 0,
        c,
        n);
  }

  @Override
  public void multiplyByTransposed(
      int m, int n, int k, FloatPointer a, FloatPointer b, FloatPointer c) {
    FewRows.timesTransposed(m, n, k, a, k, b, false, c, n);
  }
}
