package dev.unroll.layers.kernel.blas;

import static org.bytedeco.openblas.global.openblas_nolapack.cblas_saxpy;

import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.Pass;
import dev.unroll.layers.kernel.RecurrentKernel;
import dev.unroll.layers.kernel.blas.BlasKernel.BlasWeights;
import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.Slab;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * One part of a batch, computed with matrix products.
 *
 * <p>What does not depend on the state is one product over all steps: {@code X W} in the forward
 * pass, {@code dZ Wᵀ}, {@code Xᵀ dZ} and {@code Hᵀ dZ} in the backward pass. Left for each step is
 * one small product with {@code R}, and the cell's own equations, which a subclass knows.
 *
 * <p>Parameters lie column after column, which is their transpose row after row: {@code Wᵀ [gates x
 * hidden, inputs]}. So their derivatives are computed as {@code dWᵀ = dZᵀ X}, right where they
 * belong.
 */
abstract class BlasPass extends Pass {
  /** Columns of {@code z}: a block of {@code hidden} for each gate. */
  final int columns;

  /**
   * {@code X W}, {@code [steps, rows, columns]}; then the gates after their activations; in the
   * backward pass the derivatives of what these were taken of. One place for all three, as it is
   * the most that a pass keeps.
   */
  final Slab z = new Slab(DataType.FLOAT);

  private final Slab dHidden = new Slab(DataType.FLOAT);
  final float[] dBias;

  /** {@link #z} of the step at work, where Java is fast: {@code [rows x columns]}. */
  float[] gate = new float[0];

  /**
   * The derivative that comes back to the hidden state of a step, from its output and its future.
   */
  float[] dH = new float[0];

  final CellProducts products;

  BlasPass(CellShape shape, CellProducts products) {
    super(shape, DataType.FLOAT);
    this.products = products;
    columns = shape.cell().gates() * shape.hidden();
    dBias = new float[shape.biases()];
  }

  @Override
  protected void prepare() {
    z.reserve((long) steps() * rows() * columns);
    gate = reserve(gate, rows() * columns);
    if (training()) {
      dHidden.reserve(states());
      dH = reserve(dH, states());
    }
  }

  /** Values in the state of all rows. */
  final int states() {
    return rows() * shape.hidden();
  }

  static float[] reserve(float[] array, int length) {
    return array.length >= length ? array : new float[length];
  }

  @Override
  protected final void forward(RecurrentKernel.Weights weights) {
    BlasWeights parameters = (BlasWeights) weights;
    products.begin(parameters, rows(), steps());
    products.multiplyByTransposed(
        steps() * rows(), columns, shape.inputs(), x.floats(), parameters.input, z.floats());
    for (int t = 0; t < steps(); t++) {
      Address zt = at(z, t, columns);
      step(t, zt, parameters);
      if (training()) {
        zt.put(gate, 0, rows() * columns);
      }
    }
  }

  /**
   * Computes the {@link #gate gates} and the state of a step.
   *
   * @param zt {@link #z} of the step
   */
  abstract void step(int t, Address zt, BlasWeights parameters);

  @Override
  protected final void backward(RecurrentKernel.Weights weights) {
    BlasWeights parameters = (BlasWeights) weights;
    Arrays.fill(dBias, 0);
    float[] dNext = new float[states()];
    for (int t = steps() - 1; t >= 0; t--) {
      at(dOut, t, shape.hidden()).get(dH, 0, states());
      for (int i = 0; i < dNext.length; i++) {
        dH[i] += dNext[i];
      }
      Address zt = at(z, t, columns);
      zt.get(gate, 0, rows() * columns);
      stepBack(t, zt, dNext);
    }
    products.multiply(
        false,
        steps() * rows(),
        shape.inputs(),
        columns,
        z.floats(),
        columns,
        parameters.input,
        false,
        dX.floats());
    if (dH0 != null) {
      dH0.floats().put(dNext, 0, states());
      memoryGradient();
    }
  }

  /** Writes what came back to the memory before the first step; most cells have none. */
  void memoryGradient() {}

  /**
   * Takes {@link #dH} back through a step and its {@link #gate gates}: leaves the derivatives of
   * {@link #z} in it, adds to {@link #dBias}, and overwrites {@code dBefore} with what comes back
   * to the state before.
   *
   * @param zt {@link #z} of the step
   */
  abstract void stepBack(int t, Address zt, float[] dBefore);

  /** Where a step's rows begin in a slab {@code [steps, rows, width]}. */
  final Address at(Slab slab, int t, int width) {
    return new Address().at(slab.address() + 4L * t * rows() * width);
  }

  /** The hidden state before a step. */
  final Address hiddenBefore(int t) {
    return t == 0 ? new Address().at(h0.address()) : at(out, t - 1, shape.hidden());
  }

  /**
   * What comes back to the state from the derivatives of some columns of {@code z}.
   *
   * @param dz their derivatives, the first in every row of {@code columns}
   * @param first the first of the gates that they belong to
   */
  final void backToState(Address dz, int first, int gates, float[] dBefore) {
    products.backward(first, gates, dz, dHidden);
    dHidden.floats().get(dBefore, 0, states());
  }

  @Override
  protected final void inputGradient(int gate, Pointer gradient, boolean add) {
    products.multiply(
        true,
        shape.hidden(),
        shape.inputs(),
        steps() * rows(),
        ofGate(gate),
        columns,
        x.floats(),
        add,
        new FloatPointer(gradient));
  }

  /** Where the values of a gate begin in {@link #z}. */
  final Address ofGate(int gate) {
    return new Address().at(z.address() + 4L * gate * shape.hidden());
  }

  /**
   * The derivatives of a gate's columns of {@code R}, if these were multiplied with the state
   * before each step.
   *
   * @param dz the derivatives of the gate's values in the first row
   * @param stride values from one row to the next
   */
  final void timesStates(Address dz, int stride, FloatPointer gradient, boolean add) {
    int hidden = shape.hidden();
    products.multiply(true, hidden, hidden, rows(), dz, stride, h0.floats(), add, gradient);
    int later = (steps() - 1) * rows();
    if (later > 0) {
      Address next = new Address().at(dz.address() + 4L * rows() * stride);
      products.multiply(true, hidden, hidden, later, next, stride, out.floats(), true, gradient);
    }
  }

  /** Adds the derivatives of a step to those of the bias. */
  final void addToBias(float[] dz, int from, int count, int biasFrom) {
    for (int row = 0; row < rows(); row++) {
      int base = row * columns + from;
      for (int j = 0; j < count; j++) {
        dBias[biasFrom + j] += dz[base + j];
      }
    }
  }

  @Override
  protected final void biasGradient(Pointer gradient, boolean add) {
    FloatPointer sum = new FloatPointer(gradient);
    if (add) {
      cblas_saxpy(shape.biases(), 1, new FloatPointer(dBias), 1, sum, 1);
    } else {
      sum.put(dBias);
    }
  }
}
