package dev.unroll.layers.attention;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer that looks at a source and can begin in a given state. */
interface StateReader extends SourceReader {

  /**
   * Gives the state in which the next passes begin; copied.
   *
   * @param state {@code [batch, width]}, h and then the memory, if any; null for zeros
   */
  void setInitialState(INDArray state);

  /**
   * Copies the derivative of the loss with respect to that, after a pass back.
   *
   * @param to {@code [batch, width]}, dense
   */
  void readInitialStateGradient(INDArray to);
}
