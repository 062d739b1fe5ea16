package dev.unroll.layers.ctc;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What {@link CtcLayer} does to one batch; all arrays of sequences are time-major. */
interface CtcPass {
  /** Writes the probabilities {@code [batch, classes, time]} for {@code x [batch, nIn, time]}. */
  void probabilities(INDArray x, INDArray output);

  /** The loss of every sequence. */
  double[] losses(INDArray x, int[][] labels);

  /**
   * As {@link #losses}, and writes the gradients of the sum of the losses.
   *
   * @param parameters gradients of {@code W} and {@code b}
   * @param inner gradient of x
   */
  double[] gradients(INDArray x, int[][] labels, Map<String, INDArray> parameters, INDArray inner);
}
