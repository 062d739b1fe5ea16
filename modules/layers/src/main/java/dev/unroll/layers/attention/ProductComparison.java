package dev.unroll.layers.attention;

import dev.unroll.layers.memory.Gemm;
import dev.unroll.layers.memory.Gemm.Matrix;

/** {@code q kᵀ}: the score {@link Score#DOT}, and {@link Score#GENERAL} with keys made for it. */
record ProductComparison(int width) implements Comparison {

  @Override
  public void forward(int queries, int keys, Matrix q, Matrix k, Matrix scores) {
    Gemm.multiplyTransposedRight(queries, keys, width, q, k, scores);
  }

  @Override
  public void backward(
      int queries, int keys, Matrix q, Matrix k, Matrix d, Matrix dQ, Matrix dK, float[] dV) {
    Gemm.addProduct(queries, width, keys, d, k, dQ);
    Gemm.addProductTransposedLeft(keys, width, queries, d, q, dK);
  }

  @Override
  public int parameters() {
    return 0;
  }
}
