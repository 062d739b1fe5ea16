package dev.unroll.layers.kernel.blas;

import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.blas.BlasKernel.BlasWeights;
import dev.unroll.layers.memory.Activations;
import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.Slab;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Long short-term memory; see {@code LstmSequence} of the reference kernel for the same, one
 * sequence at a time.
 */
final class BlasLstm extends BlasPass {
  /** The memory before each step and after the last, {@code [steps + 1, rows, hidden]}. */
  private final Slab c = new Slab(DataType.FLOAT);

  /** The memory before the step at work and after it, {@code [rows x hidden]}. */
  private float[] before = new float[0];

  private float[] after = new float[0];
  private float[] tanhC = new float[0];
  private float[] h = new float[0];
  private float[] dC = new float[0];

  BlasLstm(CellShape shape, CellProducts products) {
    super(shape, products);
  }

  @Override
  protected void prepare() {
    super.prepare();
    before = reserve(before, states());
    after = reserve(after, states());
    tanhC = reserve(tanhC, states());
    h = reserve(h, states());
    if (training()) {
      c.reserve((steps() + 1L) * states());
      dC = reserve(dC, states());
    }
  }

  @Override
  void step(int t, Address zt, BlasWeights parameters) {
    int hidden = shape.hidden();
    if (t == 0) {
      c0.floats().get(before, 0, states());
      keep(0, before);
    }
    products.forward(0, 4, hiddenBefore(t), zt, true);
    zt.get(gate, 0, rows() * columns);
    for (int row = 0; row < rows(); row++) {
      Activations.tanh(gate, row * columns, parameters.bias, 0, hidden);
      Activations.sigmoid(gate, row * columns + hidden, parameters.bias, hidden, 3 * hidden);
      remember(gate, row * columns, before, after, row * hidden, hidden);
    }
    Activations.tanh(after, tanhC, states());
    for (int row = 0; row < rows(); row++) {
      show(gate, row * columns + 2 * hidden, tanhC, row * hidden, h, hidden);
    }
    at(out, t, hidden).put(h, 0, states());
    keep(t + 1, after);
    int from = rowsAt(t + 1) * hidden;
    int ended = rowsAt(t) * hidden - from;
    if (ended > 0) {
      cN.floats().position(from).put(after, from, ended);
    }
    swap();
  }

  private void keep(int t, float[] memory) {
    if (training()) {
      at(c, t, shape.hidden()).put(memory, 0, states());
    }
  }

  private void swap() {
    float[] other = before;
    before = after;
    after = other;
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
  void stepBack(int t, Address zt, float[] dBefore) {
    int hidden = shape.hidden();
    if (t == steps() - 1) {
      Arrays.fill(dC, 0);
      at(c, t + 1, hidden).get(after, 0, states());
    }
    int from = rowsAt(t + 1) * hidden;
    int ended = rowsAt(t) * hidden - from;
    if (dCn != null && ended > 0) {
      dCn.floats().position(from).get(dC, from, ended);
    }
    at(c, t, hidden).get(before, 0, states());
    Activations.tanh(after, tanhC, states());
    for (int row = 0; row < rows(); row++) {
      back(gate, row * columns, tanhC, before, row * hidden, hidden);
    }
    swap();
    addToBias(gate, 0, columns, 0);
    zt.put(gate, 0, rows() * columns);
    backToState(zt, 0, 4, dBefore);
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
  void memoryGradient() {
    dC0.floats().put(dC, 0, states());
  }

  @Override
  protected void recurrentGradient(int gate, Pointer gradient, boolean add) {
    timesStates(ofGate(gate), columns, new FloatPointer(gradient), add);
  }
}
