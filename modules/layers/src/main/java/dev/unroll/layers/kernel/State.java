package dev.unroll.layers.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a layer remembers between two windows of a sequence.
 *
 * @param hidden {@code h [batch, hidden]}, row after row
 * @param memory {@code c [batch, hidden]}, row after row; null if the cell has none
 */
public record State(INDArray hidden, INDArray memory) {

  /** A batch of vectors looked at as sequences of one step. */
  static Sequences sequences(INDArray state) {
    return Sequences.of(state.reshape('c', state.size(0), state.size(1), 1));
  }
}
