package dev.unroll.layers.kernel;

import dev.unroll.layers.kernel.BlasKernel.BlasWeights;

/** Elman's network; see {@link TanhSequence}. */
final class BlasTanh extends BlasPass {

  BlasTanh(CellShape shape, CellProducts products) {
    super(shape, products);
  }

  @Override
  void step(int t, BlasWeights parameters) {
    int hidden = shape.hidden();
    Address zt = at(z, t, hidden);
    products.forward(0, 1, hiddenBefore(t), zt, true);
    float[] h = gates[t];
    zt.get(h, 0, states());
    for (int row = 0; row < rows(); row++) {
      Activations.tanh(h, row * hidden, parameters.bias, 0, hidden);
    }
    at(out, t, hidden).put(h, 0, states());
  }

  @Override
  void stepBack(int t, float[] dBefore) {
    float[] h = gates[t];
    for (int i = 0; i < states(); i++) {
      h[i] = dH[i] * (1 - h[i] * h[i]);
    }
    addToBias(h, 0, columns, 0);
    Address dz = at(z, t, columns);
    dz.put(h, 0, states());
    backToState(dz, 0, 1, dBefore);
  }

  @Override
  void recurrentDerivatives(Slab derivatives) {
    recurrentProduct(z, 0, columns, out, 1, true, derivatives);
  }
}
