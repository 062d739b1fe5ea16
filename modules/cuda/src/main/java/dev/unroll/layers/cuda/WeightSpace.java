package dev.unroll.layers.cuda;

import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Where our parameters lie in cuDNN's weight space.
 *
 * <p>Ours are column after column, {@code W [inputs, gates x hidden]}: the columns of one gate are
 * a matrix {@code [hidden, inputs]} row after row, which is what cuDNN multiplies a step with. So a
 * gate moves as one piece, and only the order of the gates differs:
 *
 * <pre>
 *   cuDNN's gate     0         1        2           3         +gates: the same of the state
 *   LSTM             input     forget   candidate   output
 *   GRU              reset     update   candidate
 *   TANH             the one
 * </pre>
 *
 * <p>cuDNN has a bias for the input and one for the state of every gate. Ours is the input's; the
 * state's is zero, except the fourth bias of {@link Cell#GRU_RESET_AFTER}, which is the state's in
 * the candidate.
 */
public final class WeightSpace {
  /** Our three arrays. */
  public enum Array {
    INPUT,
    RECURRENT,
    BIAS
  }

  /**
   * What moves as one.
   *
   * @param block its number in our array, all of whose blocks have the same size
   * @param theirs bytes from the beginning of the weight space
   */
  public record Piece(Array array, int block, long theirs, long bytes) {

    /** Bytes from the beginning of our array. */
    public long ours() {
      return block * bytes;
    }
  }

  private WeightSpace() {}

  /**
   * The parameters of one layer in one direction.
   *
   * @param shape of the pseudo-layer
   * @param width bytes of a number
   */
  public static List<Piece> pieces(CellShape shape, Cudnn.Rnn network, int pseudoLayer, int width) {
    Cell cell = shape.cell();
    int hidden = shape.hidden();
    int gates = cell.gates();
    List<Piece> pieces = new ArrayList<>();
    for (int block = 0; block < gates; block++) {
      int gate = gate(cell, block);
      Cudnn.Block input = network.matrix(pseudoLayer, gate);
      Cudnn.Block recurrent = network.matrix(pseudoLayer, gates + gate);
      pieces.add(piece(Array.INPUT, block, input, (long) hidden * shape.inputs(), width));
      pieces.add(piece(Array.RECURRENT, block, recurrent, (long) hidden * hidden, width));
      pieces.add(piece(Array.BIAS, block, network.bias(pseudoLayer, gate), hidden, width));
    }
    if (cell.biases() > gates) {
      int candidate = gates + gate(cell, gates - 1);
      pieces.add(piece(Array.BIAS, gates, network.bias(pseudoLayer, candidate), hidden, width));
    }
    return pieces;
  }

  /** The gate that cuDNN has where we have this block. */
  private static int gate(Cell cell, int block) {
    int[] order =
        switch (cell) {
          case TANH -> new int[] {0};
          case LSTM -> new int[] {2, 1, 3, 0};
          case GRU_RESET_AFTER -> new int[] {0, 1, 2};
          case GRU -> throw new IllegalArgumentException("cuDNN has no " + cell);
        };
    return order[block];
  }

  private static Piece piece(Array array, int block, Cudnn.Block theirs, long values, int width) {
    if (theirs.values() != values) {
      throw new IllegalStateException(
          "cuDNN has %d values where %d belong, in block %d of %s"
              .formatted(theirs.values(), values, block, array));
    }
    return new Piece(array, block, theirs.offset(), values * width);
  }
}
