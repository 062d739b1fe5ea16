package dev.unroll.layers.kernel;

import static org.bytedeco.openblas.global.openblas_nolapack.cblas_saxpy;

import dev.unroll.layers.kernel.BlasKernel.BlasWeights;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * One part of a batch, computed with matrix products.
 *
 * <p>What does not depend on the state is one product over all steps: {@code X W} on the way
 * forward, {@code dZ Wᵀ}, {@code Xᵀ dZ} and {@code Hᵀ dZ} on the way back. Left for each step is
 * one small product with {@code R}, and the cell's own equations, which a subclass knows.
 *
 * <p>Parameters lie column after column, which is their transpose row after row: {@code Wᵀ [gates x
 * hidden, inputs]}. So their derivatives are computed as {@code dWᵀ = dZᵀ X}, right where they
 * belong.
 */
abstract class BlasPass extends Pass {
  /** Columns of {@code z}: a block of {@code hidden} for each gate. */
  final int columns;

  /** {@code X W}, then what the activations are taken of; on the way back the derivatives of it. */
  final Slab z = new Slab(DataType.FLOAT);

  private final Slab dInput = new Slab(DataType.FLOAT);
  private final Slab dRecurrent = new Slab(DataType.FLOAT);
  private final Slab dHidden = new Slab(DataType.FLOAT);
  final float[] dBias;

  /** The gates of each step after their activations, {@code [steps][rows x columns]}. */
  float[][] gates = new float[0][];

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
    gates = reserve(gates, steps(), rows() * columns);
    if (training()) {
      dHidden.reserve((long) rows() * shape.hidden());
      dH = dH.length < states() ? new float[states()] : dH;
    }
  }

  /** Values in the state of all rows. */
  final int states() {
    return rows() * shape.hidden();
  }

  static float[][] reserve(float[][] arrays, int count, int length) {
    if (arrays.length >= count && arrays[0].length >= length) {
      return arrays;
    }
    return new float[count][length];
  }

  @Override
  protected final void forward(RecurrentKernel.Weights weights) {
    BlasWeights parameters = (BlasWeights) weights;
    products.begin(parameters, rows(), steps());
    products.multiplyByTransposed(
        steps() * rows(), columns, shape.inputs(), x.floats(), parameters.input, z.floats());
    for (int t = 0; t < steps(); t++) {
      step(t, parameters);
    }
  }

  /** Computes the gates and the state of a step. */
  abstract void step(int t, BlasWeights parameters);

  @Override
  protected final void backward(RecurrentKernel.Weights weights) {
    BlasWeights parameters = (BlasWeights) weights;
    dInput.reserve(shape.inputWeights());
    dRecurrent.reserve(shape.recurrentWeights());
    Arrays.fill(dBias, 0);
    float[] dNext = new float[states()];
    for (int t = steps() - 1; t >= 0; t--) {
      at(dOut, t, shape.hidden()).get(dH, 0, states());
      for (int i = 0; i < dNext.length; i++) {
        dH[i] += dNext[i];
      }
      stepBack(t, dNext);
    }
    int all = steps() * rows();
    int inputs = shape.inputs();
    products.multiply(
        false, all, inputs, columns, z.floats(), columns, parameters.input, false, dX.floats());
    products.multiply(
        true, columns, inputs, all, z.floats(), columns, x.floats(), false, dInput.floats());
    recurrentDerivatives(dRecurrent);
  }

  /**
   * Takes {@link #dH} back through a step: leaves the derivatives of {@link #z} in it, adds to
   * {@link #dBias}, and overwrites {@code dBefore} with what comes back to the state before.
   */
  abstract void stepBack(int t, float[] dBefore);

  /** Computes the derivatives of {@code R} from what {@link #stepBack} left behind. */
  abstract void recurrentDerivatives(Slab derivatives);

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

  /**
   * Derivatives of some columns of {@code R}, summed over all steps.
   *
   * @param dz the derivatives of {@code z}, or of what was computed from the state alone
   * @param first the first of the columns
   * @param states what these columns were multiplied with at each step, from step {@code from} on
   */
  final void recurrentProduct(
      Slab dz, int first, int n, Slab states, int from, boolean beginsWithH0, Slab derivatives) {
    int hidden = shape.hidden();
    Address to = new Address().at(derivatives.address() + 4L * first * hidden);
    Address d = new Address();
    if (beginsWithH0) {
      d.at(dz.address() + 4L * first);
      products.multiply(true, n, hidden, rows(), d, columns, h0.floats(), false, to);
    }
    int count = (steps() - from) * rows();
    if (count > 0) {
      d.at(dz.address() + 4L * ((long) from * rows() * columns + first));
      products.multiply(true, n, hidden, count, d, columns, states.floats(), beginsWithH0, to);
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
  protected final void inputGradient(Pointer gradient, boolean add) {
    deliver(dInput.floats(), shape.inputWeights(), gradient, add);
  }

  @Override
  protected final void recurrentGradient(Pointer gradient, boolean add) {
    deliver(dRecurrent.floats(), shape.recurrentWeights(), gradient, add);
  }

  @Override
  protected final void biasGradient(Pointer gradient, boolean add) {
    deliver(new FloatPointer(dBias), shape.biases(), gradient, add);
  }

  private static void deliver(FloatPointer values, int count, Pointer gradient, boolean add) {
    if (add) {
      cblas_saxpy(count, 1, values, 1, new FloatPointer(gradient), 1);
    } else {
      Pointer.memcpy(gradient, values, 4L * count);
    }
  }
}
