package dev.unroll.layers.attention;

import dev.unroll.layers.memory.Gemm.Matrix;

/** The scores of one example, of queries and keys that are ready; see {@link Score}. */
interface Comparison {

  /**
   * Computes scores.
   *
   * @param q {@code [queries, width]}
   * @param k {@code [keys, width]}
   * @param scores receives {@code [queries, keys]}
   */
  void forward(int queries, int keys, Matrix q, Matrix k, Matrix scores);

  /**
   * Goes back.
   *
   * @param d derivatives with respect to the scores
   * @param dQ added to
   * @param dK added to
   * @param dV added to; one entry a parameter of the score
   */
  void backward(
      int queries, int keys, Matrix q, Matrix k, Matrix d, Matrix dQ, Matrix dK, float[] dV);

  /** The number of parameters of the score itself. */
  int parameters();
}
