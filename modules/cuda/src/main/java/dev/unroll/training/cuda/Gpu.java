package dev.unroll.training.cuda;

import dev.unroll.layers.cuda.Cudnn;
import dev.unroll.layers.cuda.RnnShape;

/**
 * What a step needs of a GPU: memory and recurrent networks, kernels, and products of matrices.
 * Everything is computed in the order in which it was asked for.
 */
interface Gpu extends Launcher {
  /** Memory of the device, and recurrent networks. */
  Cudnn cudnn();

  /** A recurrent network, in floats. */
  Cudnn.Rnn rnn(RnnShape shape);

  /**
   * A product of matrices of 32-bit floats that lie row by row: {@code c = op(a) · op(b)}, with
   * {@code op(a)} of {@code [rows, inner]} and {@code op(b)} of {@code [inner, columns]}.
   *
   * @param transposeA whether a lies as {@code [inner, rows]}
   * @param transposeB whether b lies as {@code [columns, inner]}
   * @param c {@code [rows, columns]}
   */
  void multiply(
      long a,
      boolean transposeA,
      long b,
      boolean transposeB,
      long c,
      int rows,
      int columns,
      int inner);
}
