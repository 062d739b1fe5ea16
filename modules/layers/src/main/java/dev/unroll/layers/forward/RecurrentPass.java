package dev.unroll.layers.forward;

import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.Kernels;
import dev.unroll.layers.kernel.Parameters;
import dev.unroll.layers.kernel.Recurrence;
import dev.unroll.layers.kernel.Sequences;
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
    States states = carried == null ? States.NONE : carried.next(below.batch());
    recurrence.forward(directions, below.sequences(), below.runs(), outs, false, states);
    return above;
  }
}
