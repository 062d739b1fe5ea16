package dev.unroll.training.cuda;

import dev.unroll.layers.cuda.DeviceMemory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The states that layers in one direction carry from batch to batch, {@code [layers, batch,
 * hidden]}; those of sequences that ended are zeros.
 */
final class CarriedStates {
  // The names under which Deeplearning4j's own layers keep a state.
  private static final String HIDDEN = "prevAct";
  private static final String MEMORY = "prevMem";

  private final Context context;
  private final List<RecurrentLayer> carriers;
  private final int width;

  /** By the name under which the network has them; a cell without memory lacks that of it. */
  private final Map<String, DeviceMemory> states = new HashMap<>();

  /** How many sequences the states are of; 0 if there are none. */
  private int batch;

  /**
   * No states yet.
   *
   * @param carriers the layers in the network, the lowest first
   * @param width of a state
   */
  CarriedStates(Context context, List<RecurrentLayer> carriers, int width, boolean memory) {
    this.context = context;
    this.carriers = carriers.stream().map(Objects::requireNonNull).toList();
    this.width = width;
    states.put(HIDDEN, new DeviceMemory(context.gpu.cudnn()));
    if (memory) {
      states.put(MEMORY, new DeviceMemory(context.gpu.cudnn()));
    }
  }

  private int floats() {
    return Math.multiplyExact(carriers.size() * batch, width);
  }

  /** The hidden states before the first step: a copy, as the backward pass reads it again. */
  long hidden(int sequences) {
    return begin(HIDDEN, sequences);
  }

  /** The same of the memories. */
  long memory(int sequences) {
    return begin(MEMORY, sequences);
  }

  private long begin(String state, int sequences) {
    if (batch == 0) {
      return context.zeros((long) carriers.size() * sequences * width);
    }
    if (batch != sequences) {
      throw new IllegalArgumentException(
          "expected %d sequences, which have a state from the batch before, got %d"
              .formatted(batch, sequences));
    }
    long copy = context.arena.take(floats() * (long) Float.BYTES);
    copy(states.get(state).address(), copy);
    return copy;
  }

  /**
   * Keeps the states after the last step of a batch; a sequence that ended before it has none.
   *
   * @param memory 0 for cells without
   */
  void keep(long hidden, long memory, Tensor read) {
    batch = read.batch();
    keep(hidden, states.get(HIDDEN), read);
    if (memory != 0) {
      keep(memory, states.get(MEMORY), read);
    }
  }

  private void keep(long from, DeviceMemory to, Tensor read) {
    to.reserve(floats() * (long) Float.BYTES);
    copy(from, to.address());
    for (int layer = 0; layer < carriers.size(); layer++) {
      context.operations.forget(
          to.address() + (long) layer * batch * width * Float.BYTES,
          read.lengths().unequal(),
          read.steps(),
          batch,
          width);
    }
  }

  private void copy(long from, long to) {
    int rows = carriers.size() * batch;
    context.operations.columns(from, width, 0, to, width, 0, width, 1, rows, 0, false);
  }

  /** Has no states any more. */
  void forget() {
    batch = 0;
  }

  /** Takes what the network carries. */
  void read() {
    batch = 0;
    Map<String, INDArray> first = carriers.get(0).rnnGetTBPTTState();
    if (first.containsKey(HIDDEN)) {
      batch = Math.toIntExact(first.get(HIDDEN).size(0));
      states.forEach(this::send);
    }
  }

  private void send(String state, DeviceMemory to) {
    try (FloatPointer staging = new FloatPointer(floats())) {
      for (int layer = 0; layer < carriers.size(); layer++) {
        float[] values =
            carriers.get(layer).rnnGetTBPTTState().get(state).dup('c').data().asFloat();
        staging.getPointer((long) layer * values.length).put(values);
      }
      long bytes = floats() * (long) Float.BYTES;
      context.gpu.cudnn().upload(staging, to.reserve(bytes).address(), bytes);
    }
  }

  /** Has the network carry what is carried here. */
  void write() {
    for (int layer = 0; layer < carriers.size(); layer++) {
      Map<String, INDArray> found = new HashMap<>();
      if (batch > 0) {
        int number = layer;
        states.forEach((state, from) -> found.put(state, fetch(from, number)));
      }
      carriers.get(layer).rnnSetTBPTTState(found);
    }
  }

  private INDArray fetch(DeviceMemory from, int layer) {
    float[] values = new float[Math.multiplyExact(batch, width)];
    long bytes = values.length * (long) Float.BYTES;
    try (FloatPointer staging = new FloatPointer(values.length)) {
      context.gpu.cudnn().download(from.address() + layer * bytes, staging, bytes);
      staging.get(values);
    }
    return Nd4j.create(values, new long[] {batch, width}, 'c');
  }

  void close() {
    states.values().forEach(DeviceMemory::free);
  }
}
