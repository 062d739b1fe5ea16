package dev.unroll.layers.kernel;

import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.Slab;
import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A cell that reads several sequences side by side, one step at a time, and remembers their states:
 * what {@link Recurrence} does for a window of one step, without arrays, masks or threads.
 *
 * <p>Serves one thread at a time.
 */
public final class CellSteps {
  private final RecurrentKernel kernel;
  private final CellShape shape;
  private final Parameters parameters;
  private final Slab hidden = new Slab(DataType.FLOAT);
  private final Slab memory = new Slab(DataType.FLOAT);
  private final Slab spare = new Slab(DataType.FLOAT);
  private Pass pass;
  private RecurrentKernel.Weights weights;
  private RecurrentKernel.Method method;
  private int rows;

  /** A cell of a network in {@link DataType#FLOAT}; its parameters are used where they lie. */
  public CellSteps(RecurrentKernel kernel, CellShape shape, Parameters parameters) {
    this.kernel = kernel;
    this.shape = shape;
    this.parameters = parameters;
  }

  /** Forgets everything, takes the parameters as they are now, and begins so many sequences. */
  public void begin(int sequences) {
    method = null;
    resize(sequences);
    hidden.reserveZeros(states());
    memory.reserveZeros(states());
  }

  /**
   * The same, but each sequence begins in a state.
   *
   * @param state of all sequences; copied
   */
  public void begin(State state) {
    Sequences h = state.hidden();
    if (h.width() != shape.hidden() || h.bytes() != Float.BYTES) {
      throw new IllegalArgumentException(
          "expected states of %d floats, got %d numbers of %d bytes"
              .formatted(shape.hidden(), h.width(), h.bytes()));
    }
    begin(h.batch());
    long bytes = 4L * shape.hidden();
    for (int row = 0; row < rows; row++) {
      copy(h.address(row, 0), hidden.address() + row * bytes, bytes);
      if (state.memory() != null) {
        copy(state.memory().address(row, 0), memory.address() + row * bytes, bytes);
      }
    }
  }

  /** The cell and its sizes. */
  public CellShape shape() {
    return shape;
  }

  private void resize(int newRows) {
    rows = newRows;
    RecurrentKernel.Method best =
        kernel.method(
            shape, DataType.FLOAT, new RecurrentKernel.Purpose(false, rows == 1, false, true));
    if (!best.equals(method)) {
      method = best;
      pass = method.pass();
      weights = method.weights();
      weights.load(parameters.input(), parameters.recurrent(), parameters.bias());
    }
  }

  private long states() {
    return (long) rows * shape.hidden();
  }

  /**
   * Reads one step of the first sequences; the others stay where they are.
   *
   * @param x {@code [count, inputs]}
   * @return the hidden states after it, {@code [count, hidden]}, until the next call
   */
  public Slab step(Slab x, int count) {
    int[] ones = new int[count];
    Arrays.fill(ones, 1);
    long states = (long) count * shape.hidden();
    pass.reset(ones, 1, false);
    copy(x, pass.x, (long) count * shape.inputs());
    copy(hidden, pass.h0, states);
    if (shape.cell().hasMemory()) {
      copy(memory, pass.c0, states);
    }
    pass.forward(weights);
    copy(pass.out, hidden, states);
    if (shape.cell().hasMemory()) {
      copy(pass.cN, memory, states);
    }
    return hidden;
  }

  /** The same of every sequence. */
  public Slab step(Slab x) {
    return step(x, rows);
  }

  /** Replaces the sequences: number {@code i} goes on from what {@code parents[i]} was. */
  public void select(int[] parents) {
    select(hidden, parents);
    if (shape.cell().hasMemory()) {
      select(memory, parents);
    }
    resize(parents.length);
  }

  private void select(Slab state, int[] parents) {
    copy(state, spare.reserve(states()), states());
    state.reserve((long) parents.length * shape.hidden());
    long bytes = 4L * shape.hidden();
    for (int row = 0; row < parents.length; row++) {
      copy(spare.address() + parents[row] * bytes, state.address() + row * bytes, bytes);
    }
  }

  private static void copy(Slab from, Slab to, long values) {
    copy(from.address(), to.address(), 4 * values);
  }

  private static void copy(long from, long to, long bytes) {
    Pointer.memcpy(new Address().at(to), new Address().at(from), bytes);
  }
}
