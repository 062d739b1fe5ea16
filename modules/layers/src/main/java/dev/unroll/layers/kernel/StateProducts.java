package dev.unroll.layers.kernel;

import dev.unroll.layers.kernel.BlasKernel.BlasWeights;

/**
 * The matrix products between {@code R} and the states of one step, for the rows of a pass: small,
 * many, and one waiting for the other, so what computes them decides the speed of a cell.
 */
interface StateProducts {

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
}
