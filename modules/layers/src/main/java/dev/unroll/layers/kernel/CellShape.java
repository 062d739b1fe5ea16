package dev.unroll.layers.kernel;

/**
 * A cell and its sizes; what a kernel must know before it sees data.
 *
 * @param inputs features of an input step
 * @param hidden features of the hidden state
 */
public record CellShape(Cell cell, int inputs, int hidden) {

  /** Refuses sizes below one. */
  public CellShape {
    if (inputs < 1 || hidden < 1) {
      throw new IllegalArgumentException("sizes must be positive: " + inputs + " -> " + hidden);
    }
  }

  /** Values in {@code W [inputs, gates x hidden]}. */
  public int inputWeights() {
    return inputs * cell.gates() * hidden;
  }

  /** Values in {@code R [hidden, gates x hidden]}. */
  public int recurrentWeights() {
    return hidden * cell.gates() * hidden;
  }

  /** Values in {@code b}. */
  public int biases() {
    return cell.biases() * hidden;
  }
}
