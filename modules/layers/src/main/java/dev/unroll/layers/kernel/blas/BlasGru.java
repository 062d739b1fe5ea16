package dev.unroll.layers.kernel.blas;

import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.blas.BlasKernel.BlasWeights;
import dev.unroll.layers.memory.Activations;
import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.Slab;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Gated recurrent unit, both versions; see {@code GruSequence} of the reference kernel, which is
 * the same row by row.
 */
final class BlasGru extends BlasPass {
  private final boolean resetAfter;
  private final int hidden;

  /** The state before the step at work and after it, {@code [rows x hidden]}. */
  private float[] before = new float[0];

  private float[] after = new float[0];

  /**
   * What the candidate sees of the state, {@code [steps, rows, hidden]}: {@code r ∘ h}; in the
   * other version {@code h Rg + brg}, and in the backward pass the derivatives of it.
   */
  private final Slab fromState = new Slab(DataType.FLOAT);

  /** The same of the step at work. */
  private float[] seen = new float[0];

  /** The products of a step with the state, or derivatives of them, {@code [rows, columns]}. */
  private final Slab ofStep = new Slab(DataType.FLOAT);

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
    before = reserve(before, states());
    after = reserve(after, states());
    seen = reserve(seen, states());
    product = reserve(product, rows() * columns);
    fromState.reserve(training() ? (long) steps() * states() : states());
    if (resetAfter) {
      ofStep.reserve((long) rows() * columns);
    }
    if (training()) {
      dState = reserve(dState, states());
    }
  }

  @Override
  void step(int t, Address zt, BlasWeights parameters) {
    if (t == 0) {
      h0.floats().get(before, 0, states());
    }
    if (resetAfter) {
      candidateAfter(t, zt, parameters);
    } else {
      candidateBefore(t, zt, parameters);
    }
    for (int row = 0; row < rows(); row++) {
      int base = row * columns;
      int from = row * hidden;
      Activations.tanh(gate, base + 2 * hidden, parameters.bias, 2 * hidden, hidden);
      mix(gate, base + hidden, base + 2 * hidden, before, after, from, hidden);
    }
    at(out, t, hidden).put(after, 0, states());
    float[] other = before;
    before = after;
    after = other;
  }

  /** Where {@link #fromState} of a step lies; of one step only, if nothing goes back. */
  private Address fromState(int t) {
    return at(fromState, training() ? t : 0, hidden);
  }

  /** {@code h' = u h + (1 - u) g}. */
  private static void mix(
      float[] gate, int u, int g, float[] before, float[] after, int from, int hidden) {
    for (int j = 0; j < hidden; j++) {
      after[from + j] = gate[g + j] + gate[u + j] * (before[from + j] - gate[g + j]);
    }
  }

  /** The gates and what the candidate is the tangent of: {@code x Wg + (r ∘ h) Rg}. */
  private void candidateBefore(int t, Address zt, BlasWeights parameters) {
    products.forward(0, 2, hiddenBefore(t), zt, true);
    zt.get(gate, 0, rows() * columns);
    for (int row = 0; row < rows(); row++) {
      Activations.sigmoid(gate, row * columns, parameters.bias, 0, 2 * hidden);
      for (int j = 0, r = row * columns, i = row * hidden; j < hidden; j++) {
        seen[i + j] = gate[r + j] * before[i + j];
      }
    }
    Address rh = fromState(t);
    rh.put(seen, 0, states());
    Address candidate = new Address().at(zt.address() + 4L * 2 * hidden);
    products.forward(2, 1, rh, candidate, true);
    zt.get(product, 0, rows() * columns);
    for (int row = 0; row < rows(); row++) {
      int g = row * columns + 2 * hidden;
      System.arraycopy(product, g, gate, g, hidden);
    }
  }

  /** The gates and what the candidate is the tangent of: {@code x Wg + r ∘ (h Rg + brg)}. */
  private void candidateAfter(int t, Address zt, BlasWeights parameters) {
    Address all = at(ofStep, 0, columns);
    products.forward(0, 3, hiddenBefore(t), all, false);
    all.get(product, 0, rows() * columns);
    zt.get(gate, 0, rows() * columns);
    for (int row = 0; row < rows(); row++) {
      int base = row * columns;
      for (int j = base; j < base + 2 * hidden; j++) {
        gate[j] += product[j];
      }
      Activations.sigmoid(gate, base, parameters.bias, 0, 2 * hidden);
      int g = base + 2 * hidden;
      for (int j = 0, i = row * hidden; j < hidden; j++) {
        float p = product[g + j] + parameters.bias[3 * hidden + j];
        seen[i + j] = p;
        gate[g + j] += gate[base + j] * p;
      }
    }
    fromState(t).put(seen, 0, states());
  }

  @Override
  void stepBack(int t, Address zt, float[] dBefore) {
    hiddenBefore(t).get(before, 0, states());
    for (int row = 0; row < rows(); row++) {
      backThroughMix(gate, row * columns, before, row * hidden);
    }
    if (resetAfter) {
      backAfter(t, zt, dBefore);
    } else {
      backBefore(zt, dBefore);
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

  private void backBefore(Address dz, float[] dBefore) {
    dz.put(gate, 0, rows() * columns);
    Address candidate = new Address().at(dz.address() + 4L * 2 * hidden);
    backToState(candidate, 2, 1, dBefore);
    for (int row = 0; row < rows(); row++) {
      for (int j = 0, base = row * columns, i = row * hidden; j < hidden; j++) {
        float r = gate[base + j];
        float d = dBefore[i + j];
        dState[i + j] += d * r;
        gate[base + j] = d * before[i + j] * r * (1 - r);
      }
    }
    addToBias(gate, 0, columns, 0);
    dz.put(gate, 0, rows() * columns);
    backToState(dz, 0, 2, dBefore);
  }

  private void backAfter(int t, Address dz, float[] dBefore) {
    Address state = fromState(t);
    state.get(seen, 0, states());
    for (int row = 0; row < rows(); row++) {
      int r = row * columns;
      int g = r + 2 * hidden;
      multiply(gate, g, r, product);
      backThroughReset(gate, g, r, seen, row * hidden);
      System.arraycopy(gate, r, product, r, 2 * hidden);
      System.arraycopy(product, g, seen, row * hidden, hidden);
    }
    addToBias(gate, 0, columns, 0);
    addToBias(product, 2 * hidden, hidden, 3 * hidden);
    dz.put(gate, 0, rows() * columns);
    state.put(seen, 0, states());
    Address all = at(ofStep, 0, columns);
    all.put(product, 0, rows() * columns);
    backToState(all, 0, 3, dBefore);
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
  protected void recurrentGradient(int gate, Pointer gradient, boolean add) {
    FloatPointer sum = new FloatPointer(gradient);
    if (gate < 2) {
      timesStates(ofGate(gate), columns, sum, add);
    } else if (resetAfter) {
      timesStates(new Address().at(fromState.address()), hidden, sum, add);
    } else {
      int all = steps() * rows();
      products.multiply(
          true, hidden, hidden, all, ofGate(2), columns, fromState.floats(), add, sum);
    }
  }
}
