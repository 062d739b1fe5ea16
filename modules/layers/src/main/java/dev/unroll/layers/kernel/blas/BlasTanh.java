package dev.unroll.layers.kernel.blas;

import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.blas.BlasKernel.BlasWeights;
import dev.unroll.layers.memory.Activations;
import dev.unroll.layers.memory.Address;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** Elman's network; see {@code TanhSequence} of the reference kernel. */
final class BlasTanh extends BlasPass {

  BlasTanh(CellShape shape, CellProducts products) {
    super(shape, products);
  }

  @Override
  void step(int t, Address zt, BlasWeights parameters) {
    int hidden = shape.hidden();
    products.forward(0, 1, hiddenBefore(t), zt, true);
    zt.get(gate, 0, states());
    for (int row = 0; row < rows(); row++) {
      Activations.tanh(gate, row * hidden, parameters.bias, 0, hidden);
    }
    at(out, t, hidden).put(gate, 0, states());
  }

  @Override
  void stepBack(int t, Address zt, float[] dBefore) {
    float[] h = gate;
    for (int i = 0; i < states(); i++) {
      h[i] = dH[i] * (1 - h[i] * h[i]);
    }
    addToBias(h, 0, columns, 0);
    zt.put(h, 0, states());
    backToState(zt, 0, 1, dBefore);
  }

  @Override
  protected void recurrentGradient(int gate, Pointer gradient, boolean add) {
    timesStates(ofGate(gate), columns, new FloatPointer(gradient), add);
  }
}
