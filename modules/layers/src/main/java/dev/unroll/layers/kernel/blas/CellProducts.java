package dev.unroll.layers.kernel.blas;

import dev.unroll.layers.kernel.blas.BlasKernel.BlasWeights;
import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.Slab;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The matrix products of a pass. Those between {@code R} and the states of one step are small,
 * many, and one waits for the other, so what computes them decides the speed of a cell.
 */
public interface CellProducts {

  /** Takes the parameters and sizes of the steps to come. */
  void begin(BlasWeights parameters, int rows, int steps);

  /**
   * {@code z = h R}, for the columns of some gates.
   *
   * @param first the first of the gates
   * @param h {@code [rows, hidden]}
   * @param z where the first gate's columns begin in rows of all gates
   * @param add whether to add to {@code z}
   */
  void forward(int first, int gates, Address h, Address z, boolean add);

  /**
   * {@code dH = dZ Rᵀ}, for the columns of some gates.
   *
   * @param dZ where the first gate's columns begin in rows of all gates
   * @param dH {@code [rows, hidden]}
   */
  void backward(int first, int gates, Address dZ, Slab dH);

  /**
   * Any other product: {@code c = a b} or {@code c += a b}, all row after row.
   *
   * @param transposed whether {@code a} lies transposed, {@code [k, m]}
   * @param aStride values from one row of it to the next, as it lies
   * @param b {@code [k, n]}, dense
   * @param c {@code [m, n]}, dense
   */
  void multiply(
      boolean transposed,
      int m,
      int n,
      int k,
      FloatPointer a,
      int aStride,
      FloatPointer b,
      boolean add,
      FloatPointer c);

  /**
   * The same with the right matrix transposed: {@code c = a bᵀ}.
   *
   * @param a {@code [m, k]}, dense
   * @param b {@code [n, k]}, dense
   * @param c {@code [m, n]}, dense
   */
  void multiplyByTransposed(int m, int n, int k, FloatPointer a, FloatPointer b, FloatPointer c);
}
