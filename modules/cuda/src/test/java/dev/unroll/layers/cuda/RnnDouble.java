package dev.unroll.layers.cuda;

import dev.unroll.layers.kernel.CellShape;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * {@code cudnnRNNForward}, {@code cudnnRNNBackwardData_v8} and {@code cudnnRNNBackwardWeights_v8}
 * for one layer and direction, {@code CUDNN_RNN_DOUBLE_BIAS}, and {@code
 * CUDNN_RNN_DATA_LAYOUT_SEQ_MAJOR_UNPACKED} with padded input and output: rows need no order, and
 * what lies behind a row's length is not read; in {@code y} it is filled with zeros.
 *
 * <p>The weight space is opaque, as cuDNN's is: biases first, from the last gate to the first, and
 * gaps between the blocks. The forward pass leaves what the backward pass needs in the reserve
 * alone, the backward pass of the data turns it into derivatives there, and that of the weights
 * reads those; so calling them in another order, or with a reserve that something overwrote, gives
 * NaN.
 */
final class RnnDouble implements Cudnn.Rnn {
  private static final int GAP = 24;

  private final FakeMemory memory;
  private final CellShape shape;
  private final DataType type;
  private final CellDouble cell;
  private final int layers;
  private final IntUnaryOperator named;
  private final Predicate<Boolean> wrong;

  /**
   * A network.
   *
   * @param tf32 whether factors lose all bits but those of TF32
   * @param named the gate whose bias is named in place of a gate's
   * @param wrong whether the first output is wrong, in training or in inference
   */
  RnnDouble(
      FakeMemory memory,
      CellShape shape,
      DataType type,
      boolean tf32,
      IntUnaryOperator named,
      Predicate<Boolean> wrong) {
    this.named = named;
    this.wrong = wrong;
    this.memory = memory;
    this.shape = shape;
    this.type = type;
    cell = CellDouble.of(shape, tf32);
    layers = 2 * cell.gates();
  }

  private long biasBytes() {
    return (long) shape.hidden() * type.width() + GAP;
  }

  private int columns(int gate) {
    return gate < cell.gates() ? shape.inputs() : shape.hidden();
  }

  @Override
  public Cudnn.Block bias(int gate) {
    return biasOf(named.applyAsInt(gate));
  }

  private Cudnn.Block biasOf(int gate) {
    return new Cudnn.Block(GAP + (layers - 1 - gate) * biasBytes(), shape.hidden());
  }

  @Override
  public Cudnn.Block matrix(int gate) {
    long offset = GAP + layers * biasBytes();
    for (int before = 0; before < gate; before++) {
      offset += (long) shape.hidden() * columns(before) * type.width() + GAP;
    }
    return new Cudnn.Block(offset, (long) shape.hidden() * columns(gate));
  }

  @Override
  public long weightBytes() {
    Cudnn.Block last = matrix(layers - 1);
    return last.offset() + last.values() * type.width() + GAP;
  }

  @Override
  public Cudnn.Space space(boolean training, Cudnn.Rows rows) {
    long values = (long) rows.steps() * rows.lengths().length * cell.reserve();
    return new Cudnn.Space(64, training ? values * 8 : 0);
  }

  private double[][] matrices(long weights) {
    double[][] matrices = new double[layers][];
    for (int gate = 0; gate < layers; gate++) {
      Cudnn.Block block = matrix(gate);
      matrices[gate] = memory.numbers(weights + block.offset(), (int) block.values(), type);
    }
    return matrices;
  }

  private double[][] biases(long weights) {
    double[][] biases = new double[layers][];
    for (int gate = 0; gate < layers; gate++) {
      biases[gate] = memory.numbers(weights + biasOf(gate).offset(), shape.hidden(), type);
    }
    return biases;
  }

  @Override
  public void forward(boolean training, Cudnn.Rows rows, Cudnn.Arrays a) {
    checkLengths(rows);
    cell.weights(matrices(a.weights()), biases(a.weights()));
    int hidden = shape.hidden();
    int batch = rows.lengths().length;
    memory.set(a.y(), new double[rows.steps() * batch * hidden], type);
    for (int row = 0; row < batch; row++) {
      double[] h = memory.numbers(state(a.h0(), row), hidden, type);
      double[] c = a.c0() == 0 ? null : memory.numbers(state(a.c0(), row), hidden, type);
      for (int t = 0; t < rows.lengths()[row]; t++) {
        double[] x = memory.numbers(x(a.x(), t, row, batch), shape.inputs(), type);
        double[] kept = new double[cell.reserve()];
        h = cell.forward(x, h, c, kept);
        memory.set(y(a.y(), t, row, batch), h, type);
        if (training) {
          memory.set(reserve(a.reserve(), t, row, batch), kept, DataType.DOUBLE);
        }
      }
      memory.set(state(a.hN(), row), h, type);
      if (c != null) {
        memory.set(state(a.cN(), row), c, type);
      }
    }
    if (wrong.test(training)) {
      memory.set(a.y(), new double[] {memory.numbers(a.y(), 1, type)[0] + 0.001}, type);
    }
    memory.spoil(a.work(), a.space().work());
  }

  @Override
  public void backwardData(
      Cudnn.Rows rows, Cudnn.Arrays a, long dY, long dX, Cudnn.StateGradients states) {
    checkLengths(rows);
    cell.weights(matrices(a.weights()), biases(a.weights()));
    int hidden = shape.hidden();
    int batch = rows.lengths().length;
    for (int row = 0; row < batch; row++) {
      double[] dH = memory.numbers(state(states.dHn(), row), hidden, type);
      double[] dC =
          a.c0() == 0 ? new double[hidden] : memory.numbers(state(states.dCn(), row), hidden, type);
      double[] c0 = a.c0() == 0 ? null : memory.numbers(state(a.c0(), row), hidden, type);
      for (int t = rows.lengths()[row] - 1; t >= 0; t--) {
        double[] outer = memory.numbers(y(dY, t, row, batch), hidden, type);
        Arrays.setAll(dH, j -> dH[j] + outer[j]);
        long at = reserve(a.reserve(), t, row, batch);
        double[] kept = memory.numbers(at, cell.reserve(), DataType.DOUBLE);
        double[] before =
            memory.numbers(t == 0 ? state(a.h0(), row) : y(a.y(), t - 1, row, batch), hidden, type);
        double[] memoryBefore =
            t == 0
                ? c0
                : memory.numbers(
                    reserve(a.reserve(), t - 1, row, batch), cell.reserve(), DataType.DOUBLE);
        double[] d = new double[cell.reserve()];
        memory.set(
            x(dX, t, row, batch), cell.backward(kept, before, memoryBefore, dH, dC, d), type);
        memory.set(at, d, DataType.DOUBLE);
      }
      memory.set(state(states.dH0(), row), dH, type);
      if (a.c0() != 0) {
        memory.set(state(states.dC0(), row), dC, type);
      }
    }
    memory.spoil(a.work(), a.space().work());
  }

  @Override
  public void backwardWeights(Cudnn.Rows rows, Cudnn.Arrays a, long gradient) {
    checkLengths(rows);
    int batch = rows.lengths().length;
    double[][] matrices = matrices(gradient);
    double[][] biases = biases(gradient);
    for (int row = 0; row < batch; row++) {
      for (int t = 0; t < rows.lengths()[row]; t++) {
        long at = reserve(a.reserve(), t, row, batch);
        double[] d = memory.numbers(at, cell.reserve(), DataType.DOUBLE);
        double[] x = memory.numbers(x(a.x(), t, row, batch), shape.inputs(), type);
        double[] h =
            memory.numbers(
                t == 0 ? state(a.h0(), row) : y(a.y(), t - 1, row, batch), shape.hidden(), type);
        for (int gate = 0; gate < layers; gate++) {
          double[] read = gate < cell.gates() ? x : h;
          for (int j = 0; j < shape.hidden(); j++) {
            double delta = d[gate * shape.hidden() + j];
            biases[gate][j] += delta;
            for (int k = 0; k < read.length; k++) {
              matrices[gate][j * read.length + k] += cell.factor(delta) * cell.factor(read[k]);
            }
          }
        }
      }
    }
    for (int gate = 0; gate < layers; gate++) {
      memory.set(gradient + matrix(gate).offset(), matrices[gate], type);
      memory.set(gradient + biasOf(gate).offset(), biases[gate], type);
    }
    memory.spoil(a.work(), a.space().work());
  }

  private void checkLengths(Cudnn.Rows rows) {
    int[] onDevice = memory.integers(rows.onDevice(), rows.lengths().length);
    if (!Arrays.equals(onDevice, rows.lengths())) {
      throw new AssertionError("other lengths on the device: " + Arrays.toString(onDevice));
    }
    if (Arrays.stream(onDevice).anyMatch(length -> length < 1 || length > rows.steps())) {
      throw new AssertionError("CUDNN_STATUS_BAD_PARAM: " + Arrays.toString(onDevice));
    }
  }

  private long x(long base, int t, int row, int batch) {
    return base + ((long) t * batch + row) * shape.inputs() * type.width();
  }

  private long y(long base, int t, int row, int batch) {
    return base + ((long) t * batch + row) * shape.hidden() * type.width();
  }

  private long state(long base, int row) {
    return base + (long) row * shape.hidden() * type.width();
  }

  private long reserve(long base, int t, int row, int batch) {
    return base + ((long) t * batch + row) * cell.reserve() * 8;
  }
}
