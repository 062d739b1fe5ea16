package dev.unroll.training.cuda;

import dev.unroll.layers.Recurrent;
import dev.unroll.layers.cuda.Cudnn;
import dev.unroll.layers.cuda.DeviceMemory;
import dev.unroll.layers.cuda.WeightSpace;
import dev.unroll.layers.kernel.CellShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A recurrent layer, by cuDNN, in one direction or two: the second reads its sequences reversed,
 * each from its own last step.
 */
final class RecurrentPart implements Part.Carrying {
  // The names under which Deeplearning4j's own layers keep a state.
  private static final String HIDDEN = "prevAct";
  private static final String MEMORY = "prevMem";

  private final Context context;
  private final CellShape shape;
  private final Cudnn.Rnn network;
  private final List<ParameterSpace.Block> weights = new ArrayList<>();
  private final Dropout dropout;

  /** The layer that carries the state in the network; null if none is carried. */
  private final RecurrentLayer carrier;

  private final DeviceMemory carriedHidden;
  private final DeviceMemory carriedMemory;

  /** How many sequences the carried state is of; 0 if there is none. */
  private int carried;

  private Tensor x;
  private final List<Cudnn.Arrays> passes = new ArrayList<>();

  /**
   * A layer.
   *
   * @param parameters by name
   * @param carrier the layer in the network if it carries its state, or null
   */
  RecurrentPart(
      Context context,
      ParameterSpace space,
      Recurrent layer,
      Dropout dropout,
      Function<String, ParameterSpace.Trained> parameters,
      RecurrentLayer carrier) {
    this.context = context;
    this.dropout = dropout;
    this.carrier = carrier;
    shape = layer.shape();
    network = context.gpu.rnn(shape);
    carriedHidden = new DeviceMemory(context.gpu.cudnn());
    carriedMemory = new DeviceMemory(context.gpu.cudnn());
    long floats = (network.weightBytes() + Float.BYTES - 1) / Float.BYTES;
    for (String prefix : layer.prefixes()) {
      ParameterSpace.Block block = space.block(floats);
      for (WeightSpace.Piece piece : WeightSpace.pieces(shape, network, Float.BYTES)) {
        String name =
            switch (piece.array()) {
              case INPUT -> "W";
              case RECURRENT -> "RW";
              case BIAS -> "b";
            };
        block.holds(
            parameters.apply(prefix + name),
            piece.ours() / Float.BYTES,
            piece.theirs() / Float.BYTES,
            piece.bytes() / Float.BYTES);
      }
      weights.add(block);
    }
  }

  private boolean memory() {
    return shape.cell().hasMemory();
  }

  private long stateFloats(int batch) {
    return (long) batch * shape.hidden();
  }

  @Override
  public Tensor forward(List<Tensor> below) {
    x = dropout.forward(below.get(0));
    passes.clear();
    Tensor ahead = read(0, x);
    if (weights.size() == 1) {
      return ahead;
    }
    Tensor back = read(1, some(x, 0, x.width(), true));
    Tensor both = context.arena.take(x, 2 * shape.hidden());
    columns(ahead, 0, both, 0, shape.hidden(), false, false);
    columns(back, 0, both, shape.hidden(), shape.hidden(), true, false);
    return both;
  }

  /** One direction. */
  private Tensor read(int direction, Tensor in) {
    int batch = in.batch();
    Tensor y = context.arena.take(in, shape.hidden());
    Cudnn.Rows rows = rows(in);
    Cudnn.Space spaces = network.space(true, rows);
    long h0 = begin(batch, carriedHidden);
    long c0 = memory() ? begin(batch, carriedMemory) : 0;
    long states = Float.BYTES * stateFloats(batch);
    Cudnn.Arrays arrays =
        new Cudnn.Arrays(
            weights.get(direction).values(),
            in.address(),
            y.address(),
            h0,
            context.arena.take(states),
            c0,
            memory() ? context.arena.take(states) : 0,
            spaces,
            context.arena.take(spaces.work()),
            context.arena.take(spaces.reserve()));
    network.forward(true, rows, arrays);
    passes.add(arrays);
    if (carrier != null) {
      keep(arrays.hN(), carriedHidden, in);
      if (memory()) {
        keep(arrays.cN(), carriedMemory, in);
      }
      carried = batch;
    }
    return y;
  }

  private static Cudnn.Rows rows(Tensor tensor) {
    return new Cudnn.Rows(tensor.lengths().values(), tensor.steps(), tensor.lengths().address());
  }

  /** The state before the first step, a copy, as the backward pass reads it again. */
  private long begin(int batch, DeviceMemory from) {
    if (carrier == null || carried == 0) {
      return context.zeros(stateFloats(batch));
    }
    if (carried != batch) {
      throw new IllegalArgumentException(
          "expected %d sequences, which have a state from the batch before, got %d"
              .formatted(carried, batch));
    }
    long copy = context.arena.take(stateFloats(batch) * Float.BYTES);
    copy(from.address(), copy, batch);
    return copy;
  }

  /** Keeps the state after the last step; a sequence that ended before it has none. */
  private void keep(long state, DeviceMemory to, Tensor in) {
    to.reserve(stateFloats(in.batch()) * Float.BYTES);
    copy(state, to.address(), in.batch());
    context.operations.forget(
        to.address(), in.lengths().unequal(), in.steps(), in.batch(), shape.hidden());
  }

  private void copy(long from, long to, int batch) {
    int width = shape.hidden();
    context.operations.columns(from, width, 0, to, width, 0, width, 1, batch, 0, false, false);
  }

  /** Some columns of a tensor, each sequence reversed if wanted. */
  private Tensor some(Tensor from, int at, int width, boolean reverse) {
    Tensor to = context.arena.take(from, width);
    columns(from, at, to, 0, width, reverse, false);
    return to;
  }

  private void columns(
      Tensor from, int fromAt, Tensor to, int toAt, int width, boolean reverse, boolean add) {
    context.operations.columns(
        from.address(),
        from.width(),
        fromAt,
        to.address(),
        to.width(),
        toAt,
        width,
        from.steps(),
        from.batch(),
        from.lengths().unequal(),
        reverse,
        add);
  }

  @Override
  public List<Tensor> backward(Tensor outer) {
    Tensor dX;
    if (weights.size() == 1) {
      dX = back(0, outer);
    } else {
      int hidden = shape.hidden();
      dX = back(0, some(outer, 0, hidden, false));
      columns(back(1, some(outer, hidden, hidden, true)), 0, dX, 0, dX.width(), true, true);
    }
    return List.of(dropout.backward(dX));
  }

  /** Back through one direction. */
  private Tensor back(int direction, Tensor dY) {
    Cudnn.Arrays arrays = passes.get(direction);
    Cudnn.Rows rows = rows(dY);
    Tensor dX = context.arena.take(dY, shape.inputs());
    // What is behind the end of a sequence stays as it is.
    context.gpu.cudnn().clear(dX.address(), dX.bytes());
    long floats = stateFloats(dY.batch());
    long zeros = context.zeros(floats);
    Cudnn.StateGradients states =
        new Cudnn.StateGradients(
            zeros,
            memory() ? zeros : 0,
            context.arena.take(floats * Float.BYTES),
            memory() ? context.arena.take(floats * Float.BYTES) : 0);
    network.backwardData(rows, arrays, dY.address(), dX.address(), states);
    network.backwardWeights(rows, arrays, weights.get(direction).gradient());
    return dX;
  }

  @Override
  public void forget() {
    carried = 0;
  }

  @Override
  public void readState() {
    carried = 0;
    if (carrier != null) {
      Map<String, INDArray> state = carrier.rnnGetTBPTTState();
      if (state.containsKey(HIDDEN)) {
        carried = Math.toIntExact(state.get(HIDDEN).size(0));
        send(state.get(HIDDEN), carriedHidden);
        if (memory()) {
          send(state.get(MEMORY), carriedMemory);
        }
      }
    }
  }

  private void send(INDArray state, DeviceMemory to) {
    float[] values = state.dup('c').data().asFloat();
    try (FloatPointer staging = new FloatPointer(values)) {
      long bytes = values.length * (long) Float.BYTES;
      context.gpu.cudnn().upload(staging, to.reserve(bytes).address(), bytes);
    }
  }

  @Override
  public void writeState() {
    if (carrier != null) {
      Map<String, INDArray> state = new HashMap<>();
      if (carried > 0) {
        state.put(HIDDEN, fetch(carriedHidden));
        if (memory()) {
          state.put(MEMORY, fetch(carriedMemory));
        }
      }
      carrier.rnnSetTBPTTState(state);
    }
  }

  private INDArray fetch(DeviceMemory from) {
    float[] values = new float[Math.toIntExact(stateFloats(carried))];
    try (FloatPointer staging = new FloatPointer(values.length)) {
      context.gpu.cudnn().download(from.address(), staging, values.length * (long) Float.BYTES);
      staging.get(values);
    }
    return Nd4j.create(values, new long[] {carried, shape.hidden()}, 'c');
  }

  @Override
  public void close() {
    carriedHidden.free();
    carriedMemory.free();
  }
}
