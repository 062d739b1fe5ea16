package dev.unroll.layers.cuda;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * {@code cudnnRNNForward}, {@code cudnnRNNBackwardData_v8} and {@code cudnnRNNBackwardWeights_v8}
 * with {@code CUDNN_RNN_DOUBLE_BIAS} and {@code CUDNN_RNN_DATA_LAYOUT_SEQ_MAJOR_UNPACKED} with
 * padded input and output: rows need no order, and what lies behind a row's length is not read; in
 * {@code y} it is filled with zeros. Layer by layer, and in each direction by itself; the second
 * direction reads each row from its own last step to its first.
 *
 * <p>Where the weights lie is {@link WeightsDouble}'s affair. The forward pass leaves what the
 * backward pass needs in the reserve alone, the backward pass of the data turns it into derivatives
 * there, and that of the weights reads those; so calling them in another order, or with a reserve
 * that something overwrote, gives NaN.
 */
final class RnnDouble implements Cudnn.Rnn {
  private final FakeMemory memory;
  private final RnnShape shape;
  private final DataType type;
  private final WeightsDouble space;

  /** One a pseudo-layer. */
  private final CellDouble[] cells;

  private final Predicate<Boolean> wrong;
  boolean closed;

  /**
   * A network.
   *
   * @param tf32 whether factors lose all bits but those of TF32
   * @param named the gate whose bias is named in place of a gate's
   * @param wrong whether the first output is wrong, in training or in inference
   */
  RnnDouble(
      FakeMemory memory,
      RnnShape shape,
      DataType type,
      boolean tf32,
      IntUnaryOperator named,
      Predicate<Boolean> wrong) {
    this.wrong = wrong;
    this.memory = memory;
    this.shape = shape;
    this.type = type;
    space = new WeightsDouble(memory, shape, type, named);
    cells = new CellDouble[shape.pseudoLayers()];
    Arrays.setAll(cells, p -> CellDouble.of(shape.cell(p), tf32));
  }

  @Override
  public Cudnn.Block matrix(int pseudoLayer, int gate) {
    return space.matrix(pseudoLayer, gate);
  }

  @Override
  public Cudnn.Block bias(int pseudoLayer, int gate) {
    return space.named(pseudoLayer, gate);
  }

  @Override
  public long weightBytes() {
    return space.bytes();
  }

  @Override
  public Cudnn.Space space(boolean training, Cudnn.Rows rows) {
    return new Cudnn.Space(
        64, training ? outputAt(rows, shape.layers() - 1) : 0, RnnAlgorithm.STANDARD);
  }

  /** Where in the reserve the steps of a pseudo-layer are. */
  private long keptAt(Cudnn.Rows rows, int p) {
    return 8L * rows.steps() * rows.lengths().length * cells[0].reserve() * p;
  }

  /** Where behind them the output of a layer is. */
  private long outputAt(Cudnn.Rows rows, int layer) {
    return keptAt(rows, shape.pseudoLayers())
        + 8L * rows.steps() * rows.lengths().length * shape.outputs() * layer;
  }

  private VectorsDouble kept(Cudnn.Rows rows, Cudnn.Arrays a, int p) {
    long at = a.reserve() + keptAt(rows, p);
    return VectorsDouble.read(memory, at, rows, cells[0].reserve(), DataType.DOUBLE);
  }

  private void keep(Cudnn.Rows rows, Cudnn.Arrays a, int p, VectorsDouble kept) {
    memory.set(a.reserve() + keptAt(rows, p), kept.values(), DataType.DOUBLE);
  }

  /** What a layer gave in the forward pass; x for the layer -1. */
  private VectorsDouble output(Cudnn.Rows rows, Cudnn.Arrays a, int layer) {
    if (layer == -1) {
      return VectorsDouble.read(memory, a.x(), rows, shape.first().inputs(), type);
    }
    if (layer == shape.layers() - 1) {
      return VectorsDouble.read(memory, a.y(), rows, shape.outputs(), type);
    }
    long at = a.reserve() + outputAt(rows, layer);
    return VectorsDouble.read(memory, at, rows, shape.outputs(), DataType.DOUBLE);
  }

  /** The time of the so-manieth step of a row in a direction; -1 before the first. */
  private static int time(int step, int length, int direction) {
    return step < 0 ? -1 : direction == 0 ? step : length - 1 - step;
  }

  @Override
  public void forward(boolean training, Cudnn.Rows rows, Cudnn.Arrays a) {
    check(rows);
    VectorsDouble read = output(rows, a, -1);
    for (int layer = 0; layer < shape.layers(); layer++) {
      VectorsDouble out = VectorsDouble.zeros(rows, shape.outputs());
      for (int direction = 0; direction < shape.directions(); direction++) {
        int p = layer * shape.directions() + direction;
        VectorsDouble kept = forward(rows, a, p, direction, read, out);
        if (training) {
          keep(rows, a, p, kept);
        }
      }
      if (training && layer < shape.layers() - 1) {
        memory.set(a.reserve() + outputAt(rows, layer), out.values(), DataType.DOUBLE);
      }
      read = out;
    }
    if (wrong.test(training)) {
      read.values()[0] += 0.001;
    }
    memory.set(a.y(), read.values(), type);
    memory.spoil(a.work(), a.space().work());
  }

  private VectorsDouble forward(
      Cudnn.Rows rows,
      Cudnn.Arrays a,
      int p,
      int direction,
      VectorsDouble read,
      VectorsDouble out) {
    CellDouble cell = cells[p];
    space.load(cell, a.weights(), p);
    VectorsDouble kept = VectorsDouble.zeros(rows, cell.reserve());
    for (int row = 0; row < kept.rows(); row++) {
      int length = rows.lengths()[row];
      double[] h = state(a.h0(), p, row, rows);
      double[] c = a.c0() == 0 ? null : state(a.c0(), p, row, rows);
      for (int step = 0; step < length; step++) {
        int t = time(step, length, direction);
        double[] values = new double[cell.reserve()];
        h = cell.forward(read.get(t, row), h, c, values);
        out.set(t, row, direction * shape.hidden(), h);
        kept.set(t, row, 0, values);
      }
      memory.set(address(a.hN(), p, row, rows), h, type);
      if (c != null) {
        memory.set(address(a.cN(), p, row, rows), c, type);
      }
    }
    return kept;
  }

  @Override
  public void backwardData(
      Cudnn.Rows rows, Cudnn.Arrays a, long dY, long dX, Cudnn.StateGradients states) {
    check(rows);
    VectorsDouble outer = VectorsDouble.read(memory, dY, rows, shape.outputs(), type);
    for (int layer = shape.layers() - 1; layer >= 0; layer--) {
      int first = layer * shape.directions();
      VectorsDouble inner = VectorsDouble.zeros(rows, shape.cell(first).inputs());
      for (int direction = 0; direction < shape.directions(); direction++) {
        backward(rows, a, first + direction, direction, outer, inner, states);
      }
      outer = inner;
    }
    int width = shape.first().inputs();
    for (int row = 0; row < outer.rows(); row++) {
      for (int t = 0; t < rows.lengths()[row]; t++) {
        long at = dX + ((long) t * outer.rows() + row) * width * type.width();
        memory.set(at, outer.get(t, row), type);
      }
    }
    memory.spoil(a.work(), a.space().work());
  }

  private void backward(
      Cudnn.Rows rows,
      Cudnn.Arrays a,
      int p,
      int direction,
      VectorsDouble outer,
      VectorsDouble inner,
      Cudnn.StateGradients states) {
    CellDouble cell = cells[p];
    space.load(cell, a.weights(), p);
    int hidden = shape.hidden();
    VectorsDouble kept = kept(rows, a, p);
    VectorsDouble output = output(rows, a, p / shape.directions());
    for (int row = 0; row < kept.rows(); row++) {
      int length = rows.lengths()[row];
      double[] dH = state(states.dHn(), p, row, rows);
      double[] dC = a.c0() == 0 ? new double[hidden] : state(states.dCn(), p, row, rows);
      double[] c0 = a.c0() == 0 ? null : state(a.c0(), p, row, rows);
      for (int step = length - 1; step >= 0; step--) {
        int t = time(step, length, direction);
        int last = time(step - 1, length, direction);
        double[] shown = outer.get(t, row, direction * hidden, hidden);
        Arrays.setAll(dH, j -> dH[j] + shown[j]);
        double[] h =
            last < 0
                ? state(a.h0(), p, row, rows)
                : output.get(last, row, direction * hidden, hidden);
        double[] c = last < 0 ? c0 : kept.get(last, row);
        double[] d = new double[cell.reserve()];
        inner.add(t, row, cell.backward(kept.get(t, row), h, c, dH, dC, d));
        kept.set(t, row, 0, d);
      }
      memory.set(address(states.dH0(), p, row, rows), dH, type);
      if (a.c0() != 0) {
        memory.set(address(states.dC0(), p, row, rows), dC, type);
      }
    }
    keep(rows, a, p, kept);
  }

  @Override
  public void backwardWeights(Cudnn.Rows rows, Cudnn.Arrays a, long gradient) {
    check(rows);
    for (int p = 0; p < shape.pseudoLayers(); p++) {
      int direction = p % shape.directions();
      VectorsDouble read = output(rows, a, p / shape.directions() - 1);
      VectorsDouble output = output(rows, a, p / shape.directions());
      VectorsDouble kept = kept(rows, a, p);
      WeightsDouble.Sums sums = space.sums(cells[p], gradient, p);
      for (int row = 0; row < kept.rows(); row++) {
        int length = rows.lengths()[row];
        for (int step = 0; step < length; step++) {
          int t = time(step, length, direction);
          int last = time(step - 1, length, direction);
          double[] h =
              last < 0
                  ? state(a.h0(), p, row, rows)
                  : output.get(last, row, direction * shape.hidden(), shape.hidden());
          sums.add(kept.get(t, row), read.get(t, row), h);
        }
      }
      sums.write();
    }
    memory.spoil(a.work(), a.space().work());
  }

  @Override
  public void close() {
    closed = true;
  }

  private void check(Cudnn.Rows rows) {
    if (closed) {
      throw new AssertionError("its descriptor has been destroyed");
    }
    int[] onDevice = memory.integers(rows.onDevice(), rows.lengths().length);
    if (!Arrays.equals(onDevice, rows.lengths())) {
      throw new AssertionError("other lengths on the device: " + Arrays.toString(onDevice));
    }
    if (Arrays.stream(onDevice).anyMatch(length -> length < 1 || length > rows.steps())) {
      throw new AssertionError("CUDNN_STATUS_BAD_PARAM: " + Arrays.toString(onDevice));
    }
  }

  private double[] state(long base, int p, int row, Cudnn.Rows rows) {
    return memory.numbers(address(base, p, row, rows), shape.hidden(), type);
  }

  private long address(long base, int p, int row, Cudnn.Rows rows) {
    return base + ((long) p * rows.lengths().length + row) * shape.hidden() * type.width();
  }
}
