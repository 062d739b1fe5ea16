package dev.unroll.layers.kernel;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The state of one direction of a layer for each example of a batch, or the derivatives with
 * respect to it. It points to memory of others, which must last as long.
 *
 * @param hidden {@code h [batch, hidden]}, sequences of one step
 * @param memory {@code c [batch, hidden]}; null if the cell has none
 */
public record State(Sequences hidden, Sequences memory) {

  /**
   * The state in two arrays.
   *
   * @param hidden {@code [batch, hidden]}
   * @param memory {@code [batch, hidden]}; null if the cell has none
   */
  public static State of(INDArray hidden, INDArray memory) {
    return new State(
        Sequences.ofVectors(hidden), memory == null ? null : Sequences.ofVectors(memory));
  }

  /**
   * The states, one a direction, in one array: the hidden states of the directions side by side,
   * then their memories, if the cell has any.
   *
   * <pre>
   *   one direction     h             h | c
   *   two               h→ | h←       h→ | h← | c→ | c←
   * </pre>
   *
   * @param all {@code [batch, width]}, see {@link #width}
   */
  public static List<State> split(INDArray all, CellShape shape, int directions) {
    return split(Sequences.ofVectors(all), shape, directions);
  }

  /** The same of vectors that lie elsewhere. */
  public static List<State> split(Sequences columns, CellShape shape, int directions) {
    if (columns.width() != width(shape, directions)) {
      throw new IllegalArgumentException(
          "the state of %s with %d units in %d direction(s) has %d numbers, got %d"
              .formatted(
                  shape.cell(),
                  shape.hidden(),
                  directions,
                  width(shape, directions),
                  columns.width()));
    }
    int hidden = shape.hidden();
    List<State> states = new ArrayList<>(directions);
    for (int d = 0; d < directions; d++) {
      states.add(
          new State(
              columns.features(d * hidden, hidden),
              shape.cell().hasMemory()
                  ? columns.features((directions + d) * hidden, hidden)
                  : null));
    }
    return states;
  }

  /** How many numbers the state of an example has in all. */
  public static int width(CellShape shape, int directions) {
    return directions * shape.hidden() * (shape.cell().hasMemory() ? 2 : 1);
  }
}
