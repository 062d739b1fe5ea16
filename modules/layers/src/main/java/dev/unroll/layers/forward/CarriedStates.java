package dev.unroll.layers.forward;

import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.Sequences;
import dev.unroll.layers.kernel.State;
import dev.unroll.layers.kernel.States;
import dev.unroll.layers.memory.Slab;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** The states in which long sequences stand between one window of them and the next. */
final class CarriedStates {
  private final CellShape shape;
  private int batch;

  /** Where the last window ended; null before the first. */
  private State last;

  /** Memory that the next window may end in. */
  private State spare;

  CarriedStates(CellShape shape) {
    this.shape = shape;
  }

  /**
   * The states between which the next window lies.
   *
   * @param sequences as many as in the first
   */
  States next(int sequences) {
    if (last != null && sequences != batch) {
      throw new IllegalArgumentException(
          "%d sequences were begun, and the next window is of %d".formatted(batch, sequences));
    }
    batch = sequences;
    State before = last;
    State after = spare == null ? create() : spare;
    spare = before;
    last = after;
    return new States(
        States.Ends.OF_WINDOW, before == null ? null : List.of(before), List.of(after));
  }

  private State create() {
    return new State(vectors(), shape.cell().hasMemory() ? vectors() : null);
  }

  private Sequences vectors() {
    Slab values = new Slab(DataType.FLOAT).reserve((long) batch * shape.hidden());
    return new Sequences(
        values.address(), batch, 1, shape.hidden(), shape.hidden(), Float.BYTES, values);
  }
}
