package dev.unroll.layers.forward;

import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.Kernels;
import dev.unroll.layers.kernel.Parameters;
import dev.unroll.layers.kernel.Recurrence;
import dev.unroll.layers.kernel.Sequences;
import dev.unroll.layers.kernel.State;
import dev.unroll.layers.kernel.States;
import dev.unroll.layers.memory.Slab;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** A recurrent layer, in one direction or in both: {@code [batch, directions x hidden, time]}. */
public final class RecurrentPass implements ForwardPart.Layer {
  private final CellShape shape;
  private final List<Parameters> directions;
  private final Recurrence recurrence;
  private final Slab out = new Slab(DataType.FLOAT);

  /** The states in which sequences end, {@code [batch, width]}; null if nobody asks. */
  private Slab last;

  /** What sequences are carried on in; null if they are not. */
  private CarriedStates carried;

  /**
   * A layer.
   *
   * @param directions the parameters of each, one or two
   */
  public RecurrentPass(CellShape shape, List<Parameters> directions) {
    this.shape = shape;
    this.directions = List.copyOf(directions);
    recurrence =
        Recurrence.ofConstantParameters(
            Kernels.withoutArrays(shape.cell(), DataType.FLOAT),
            shape,
            DataType.FLOAT,
            directions.size() > 1);
  }

  @Override
  public void refresh() {
    recurrence.reload();
  }

  @Override
  public void carry() {
    if (directions.size() > 1) {
      throw new IllegalStateException(
          "windows can only be read from the past to the future, and a bidirectional layer reads both ways");
    }
    carried = new CarriedStates(shape);
  }

  @Override
  public void forget() {
    carried = null;
  }

  @Override
  public Steps read(Steps below) {
    int width = directions.size() * shape.hidden();
    out.reserve((long) below.rows() * width);
    Steps above = below.require(shape.inputs()).with(out, width);
    List<Sequences> outs = new ArrayList<>(directions.size());
    for (int d = 0; d < directions.size(); d++) {
      outs.add(above.sequences().features(d * shape.hidden(), shape.hidden()));
    }
    recurrence.forward(
        directions, below.sequences(), below.runs(), outs, false, states(below.batch()));
    return above;
  }

  private States states(int batch) {
    if (carried != null) {
      return carried.next(batch);
    }
    if (last == null) {
      return States.NONE;
    }
    int width = stateWidth();
    last.reserve((long) batch * width);
    Sequences vectors = Steps.vectors(last, batch, width).sequences();
    return new States(
        States.Ends.OF_SEQUENCES, null, State.split(vectors, shape, directions.size()));
  }

  private int stateWidth() {
    return State.width(shape, directions.size());
  }

  /**
   * A part that gives the states in which the sequences of a batch ended that this one has just
   * read, as {@link State#split} says: vectors {@code [batch, width]}.
   *
   * @param memory whether that of an LSTM is to be among them
   */
  public ForwardPart.Layer lastStates(boolean memory) {
    if (memory && !shape.cell().hasMemory()) {
      throw new IllegalArgumentException(shape.cell() + " has no memory");
    }
    last = new Slab(DataType.FLOAT);
    boolean all = memory || !shape.cell().hasMemory();
    Columns.Some hidden = new Columns.Some(0, directions.size() * shape.hidden() - 1);
    return below -> {
      Steps states = Steps.vectors(last, below.batch(), stateWidth());
      return all ? states : hidden.read(states);
    };
  }
}
