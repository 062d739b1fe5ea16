package dev.unroll.layers.kernel;

import dev.unroll.layers.kernel.BlasKernel.BlasWeights;
import java.util.Arrays;

/** Long short-term memory; see {@link LstmSequence} for the same, one sequence at a time. */
final class BlasLstm extends BlasPass {
  /** The memory before each step and after the last, {@code [steps + 1][rows x hidden]}. */
  private float[][] c = new float[0][];

  private float[][] tanhC = new float[0][];
  private float[] h = new float[0];
  private float[] dC = new float[0];

  BlasLstm(CellShape shape, CellProducts products) {
    super(shape, products);
  }

  @Override
  protected void prepare() {
    super.prepare();
    c = reserve(c, steps() + 1, states());
    tanhC = reserve(tanhC, steps(), states());
    h = h.length < states() ? new float[states()] : h;
    dC = dC.length < states() ? new float[states()] : dC;
  }

  @Override
  void step(int t, BlasWeights parameters) {
    int hidden = shape.hidden();
    if (t == 0) {
      c0.floats().get(c[0], 0, states());
    }
    Address zt = at(z, t, columns);
    products.forward(0, 4, hiddenBefore(t), zt, true);
    float[] gate = gates[t];
    zt.get(gate, 0, rows() * columns);
    for (int row = 0; row < rows(); row++) {
      Activations.tanh(gate, row * columns, parameters.bias, 0, hidden);
      Activations.sigmoid(gate, row * columns + hidden, parameters.bias, hidden, 3 * hidden);
      remember(gate, row * columns, c[t], c[t + 1], row * hidden, hidden);
    }
    Activations.tanh(c[t + 1], tanhC[t], states());
    for (int row = 0; row < rows(); row++) {
      show(gate, row * columns + 2 * hidden, tanhC[t], row * hidden, h, hidden);
    }
    at(out, t, hidden).put(h, 0, states());
    if (t == steps() - 1) {
      cN.floats().put(c[t + 1], 0, states());
    }
  }

  /** {@code c' = f c + i g}. */
  private static void remember(
      float[] gate, int base, float[] before, float[] after, int from, int hidden) {
    int f = base + hidden;
    int i = base + 3 * hidden;
    for (int j = 0; j < hidden; j++) {
      after[from + j] = gate[f + j] * before[from + j] + gate[i + j] * gate[base + j];
    }
  }

  /** {@code h = o tanh(c)}. */
  private static void show(float[] gate, int o, float[] tanhC, int from, float[] h, int hidden) {
    for (int j = 0; j < hidden; j++) {
      h[from + j] = gate[o + j] * tanhC[from + j];
    }
  }

  @Override
  void stepBack(int t, float[] dBefore) {
    int hidden = shape.hidden();
    if (t == steps() - 1) {
      Arrays.fill(dC, 0);
    }
    float[] gate = gates[t];
    for (int row = 0; row < rows(); row++) {
      back(gate, row * columns, tanhC[t], c[t], row * hidden, hidden);
    }
    addToBias(gate, 0, columns, 0);
    Address dz = at(z, t, columns);
    dz.put(gate, 0, rows() * columns);
    backToState(dz, 0, 4, dBefore);
  }

  /** Replaces the gates of a row by the derivatives of what their activations were taken of. */
  private void back(float[] gate, int base, float[] tanhC, float[] before, int from, int hidden) {
    for (int j = 0; j < hidden; j++) {
      float g = gate[base + j];
      float f = gate[base + hidden + j];
      float o = gate[base + 2 * hidden + j];
      float i = gate[base + 3 * hidden + j];
      float shown = tanhC[from + j];
      float dh = dH[from + j];
      float dc = dC[from + j] + dh * o * (1 - shown * shown);
      gate[base + j] = dc * i * (1 - g * g);
      gate[base + hidden + j] = dc * before[from + j] * f * (1 - f);
      gate[base + 2 * hidden + j] = dh * shown * o * (1 - o);
      gate[base + 3 * hidden + j] = dc * g * i * (1 - i);
      dC[from + j] = dc * f;
    }
  }

  @Override
  void recurrentDerivatives(Slab derivatives) {
    recurrentProduct(z, 0, columns, out, 1, true, derivatives);
  }
}
