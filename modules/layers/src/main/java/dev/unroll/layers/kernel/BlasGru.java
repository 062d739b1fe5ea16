package dev.unroll.layers.kernel;

import dev.unroll.layers.kernel.BlasKernel.BlasWeights;
import org.nd4j.linalg.api.buffer.DataType;

/** Gated recurrent unit, both versions; see {@link GruSequence}, which is the same row by row. */
final class BlasGru extends BlasPass {
  private final boolean resetAfter;
  private final int hidden;

  /** The state before each step and after the last, {@code [steps + 1][rows x hidden]}. */
  private float[][] h = new float[0][];

  /** {@code h Rg + brg} of each step; in the other version {@code r ∘ h}. */
  private float[][] fromState = new float[0][];

  /**
   * The products with the state: of all gates, {@code [steps, rows, columns]}; later derivatives.
   */
  private final Slab s = new Slab(DataType.FLOAT);

  /** {@code r ∘ h}, {@code [steps, rows, hidden]}. */
  private final Slab resetState = new Slab(DataType.FLOAT);

  private float[] product = new float[0];
  private float[] dState = new float[0];

  BlasGru(CellShape shape, CellProducts products) {
    super(shape, products);
    resetAfter = shape.cell() == Cell.GRU_RESET_AFTER;
    hidden = shape.hidden();
  }

  @Override
  protected void prepare() {
    super.prepare();
    h = reserve(h, steps() + 1, states());
    fromState = reserve(fromState, steps(), states());
    if (resetAfter) {
      s.reserve((long) steps() * rows() * columns);
    } else {
      resetState.reserve((long) steps() * rows() * hidden);
    }
    int values = rows() * columns;
    product = product.length < values ? new float[values] : product;
    dState = dState.length < states() ? new float[states()] : dState;
  }

  @Override
  void step(int t, BlasWeights parameters) {
    if (t == 0) {
      h0.floats().get(h[0], 0, states());
    }
    if (resetAfter) {
      candidateAfter(t, parameters);
    } else {
      candidateBefore(t, parameters);
    }
    float[] gate = gates[t];
    for (int row = 0; row < rows(); row++) {
      int base = row * columns;
      int from = row * hidden;
      Activations.tanh(gate, base + 2 * hidden, parameters.bias, 2 * hidden, hidden);
      mix(gate, base + hidden, base + 2 * hidden, h[t], h[t + 1], from, hidden);
    }
    at(out, t, hidden).put(h[t + 1], 0, states());
  }

  /** {@code h' = u h + (1 - u) g}. */
  private static void mix(
      float[] gate, int u, int g, float[] before, float[] after, int from, int hidden) {
    for (int j = 0; j < hidden; j++) {
      after[from + j] = gate[g + j] + gate[u + j] * (before[from + j] - gate[g + j]);
    }
  }

  /** The gates and what the candidate is the tangent of: {@code x Wg + (r ∘ h) Rg}. */
  private void candidateBefore(int t, BlasWeights parameters) {
    Address zt = at(z, t, columns);
    products.forward(0, 2, hiddenBefore(t), zt, true);
    float[] gate = gates[t];
    zt.get(gate, 0, rows() * columns);
    for (int row = 0; row < rows(); row++) {
      Activations.sigmoid(gate, row * columns, parameters.bias, 0, 2 * hidden);
      for (int j = 0, r = row * columns, i = row * hidden; j < hidden; j++) {
        fromState[t][i + j] = gate[r + j] * h[t][i + j];
      }
    }
    Address rh = at(resetState, t, hidden);
    rh.put(fromState[t], 0, states());
    Address candidate = new Address().at(zt.address() + 4L * 2 * hidden);
    products.forward(2, 1, rh, candidate, true);
    zt.get(product, 0, rows() * columns);
    for (int row = 0; row < rows(); row++) {
      int g = row * columns + 2 * hidden;
      System.arraycopy(product, g, gate, g, hidden);
    }
  }

  /** The gates and what the candidate is the tangent of: {@code x Wg + r ∘ (h Rg + brg)}. */
  private void candidateAfter(int t, BlasWeights parameters) {
    Address st = at(s, t, columns);
    products.forward(0, 3, hiddenBefore(t), st, false);
    st.get(product, 0, rows() * columns);
    float[] gate = gates[t];
    at(z, t, columns).get(gate, 0, rows() * columns);
    for (int row = 0; row < rows(); row++) {
      int base = row * columns;
      for (int j = base; j < base + 2 * hidden; j++) {
        gate[j] += product[j];
      }
      Activations.sigmoid(gate, base, parameters.bias, 0, 2 * hidden);
      int g = base + 2 * hidden;
      for (int j = 0, i = row * hidden; j < hidden; j++) {
        float p = product[g + j] + parameters.bias[3 * hidden + j];
        fromState[t][i + j] = p;
        gate[g + j] += gate[base + j] * p;
      }
    }
  }

  @Override
  void stepBack(int t, float[] dBefore) {
    float[] gate = gates[t];
    for (int row = 0; row < rows(); row++) {
      backThroughMix(gate, row * columns, h[t], row * hidden);
    }
    if (resetAfter) {
      backAfter(t, dBefore);
    } else {
      backBefore(t, dBefore);
    }
    for (int i = 0; i < states(); i++) {
      dBefore[i] += dState[i];
    }
  }

  /**
   * Replaces update gate and candidate of a row by the derivatives of what their activations were
   * taken of; {@link #dState} takes what comes back directly.
   */
  private void backThroughMix(float[] gate, int base, float[] before, int from) {
    for (int j = 0; j < hidden; j++) {
      float u = gate[base + hidden + j];
      float g = gate[base + 2 * hidden + j];
      float dh = dH[from + j];
      dState[from + j] = dh * u;
      gate[base + hidden + j] = dh * (before[from + j] - g) * u * (1 - u);
      gate[base + 2 * hidden + j] = dh * (1 - u) * (1 - g * g);
    }
  }

  private void backBefore(int t, float[] dBefore) {
    float[] gate = gates[t];
    Address dz = at(z, t, columns);
    dz.put(gate, 0, rows() * columns);
    Address candidate = new Address().at(dz.address() + 4L * 2 * hidden);
    backToState(candidate, 2, 1, dBefore);
    for (int row = 0; row < rows(); row++) {
      for (int j = 0, base = row * columns, i = row * hidden; j < hidden; j++) {
        float r = gate[base + j];
        float d = dBefore[i + j];
        dState[i + j] += d * r;
        gate[base + j] = d * h[t][i + j] * r * (1 - r);
      }
    }
    addToBias(gate, 0, columns, 0);
    dz.put(gate, 0, rows() * columns);
    backToState(dz, 0, 2, dBefore);
  }

  private void backAfter(int t, float[] dBefore) {
    float[] gate = gates[t];
    for (int row = 0; row < rows(); row++) {
      int r = row * columns;
      int g = r + 2 * hidden;
      multiply(gate, g, r, product);
      backThroughReset(gate, g, r, fromState[t], row * hidden);
      System.arraycopy(gate, r, product, r, 2 * hidden);
    }
    addToBias(gate, 0, columns, 0);
    addToBias(product, 2 * hidden, hidden, 3 * hidden);
    at(z, t, columns).put(gate, 0, rows() * columns);
    Address ds = at(s, t, columns);
    ds.put(product, 0, rows() * columns);
    backToState(ds, 0, 3, dBefore);
  }

  /** The derivative of the candidate's product with the state. */
  private void multiply(float[] gate, int g, int r, float[] to) {
    for (int j = 0; j < hidden; j++) {
      to[g + j] = gate[g + j] * gate[r + j];
    }
  }

  /** Replaces a row's reset gate by the derivative of what its activation was taken of. */
  private void backThroughReset(float[] gate, int g, int r, float[] product, int from) {
    for (int j = 0; j < hidden; j++) {
      float reset = gate[r + j];
      gate[r + j] = gate[g + j] * product[from + j] * reset * (1 - reset);
    }
  }

  @Override
  void recurrentDerivatives(Slab derivatives) {
    if (resetAfter) {
      recurrentProduct(s, 0, columns, out, 1, true, derivatives);
    } else {
      recurrentProduct(z, 0, 2 * hidden, out, 1, true, derivatives);
      recurrentProduct(z, 2 * hidden, hidden, resetState, 0, false, derivatives);
    }
  }
}
