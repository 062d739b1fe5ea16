package dev.unroll.layers;

import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.State;
import dev.unroll.layers.kernel.States;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The state that a layer of one direction carries from one window of its sequences to the next.
 *
 * @param hidden {@code [batch, nOut]}
 * @param memory {@code [batch, nOut]}; null if the cell has none
 * @param isGiven whether it was carried from no window, but given to begin with
 */
record CarriedState(INDArray hidden, INDArray memory, boolean isGiven) {
  // The names under which Deeplearning4j's own layers keep it.
  private static final String HIDDEN = "prevAct";
  private static final String MEMORY = "prevMem";

  /** What is kept in a map; what was given to begin with, if nothing is; null if that is null. */
  static CarriedState read(Map<String, INDArray> map, INDArray given, CellShape shape) {
    INDArray hidden = map.get(HIDDEN);
    if (hidden != null) {
      INDArray memory = map.get(MEMORY);
      return new CarriedState(hidden.dup('c'), memory == null ? null : memory.dup('c'), false);
    }
    if (given == null) {
      return null;
    }
    int units = shape.hidden();
    return new CarriedState(
        columns(given, 0, units),
        shape.cell().hasMemory() ? columns(given, units, 2 * units) : null,
        true);
  }

  private static INDArray columns(INDArray array, int from, int to) {
    return array.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
  }

  /** Room for the state of a batch, outside all workspaces. */
  static CarriedState create(DataType type, CellShape shape, long batch) {
    return new CarriedState(
        Nd4j.createUninitializedDetached(type, 'c', batch, shape.hidden()),
        shape.cell().hasMemory()
            ? Nd4j.createUninitializedDetached(type, 'c', batch, shape.hidden())
            : null,
        false);
  }

  void write(Map<String, INDArray> map) {
    map.put(HIDDEN, hidden);
    if (memory != null) {
      map.put(MEMORY, memory);
    }
  }

  /**
   * A window between two states.
   *
   * @param before null for zeros
   * @param after receives the state; null if nobody asks
   */
  static States window(CarriedState before, CarriedState after) {
    return new States(States.Ends.OF_WINDOW, state(before), state(after));
  }

  private static List<State> state(CarriedState carried) {
    return carried == null ? null : List.of(State.of(carried.hidden, carried.memory));
  }
}
