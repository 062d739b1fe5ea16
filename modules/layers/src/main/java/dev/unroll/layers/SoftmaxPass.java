package dev.unroll.layers;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What {@link SequenceSoftmaxLayer} does to one batch; all arrays of sequences are time-major. */
interface SoftmaxPass {
  /** Writes the probabilities {@code [batch, classes, time]} for {@code x [batch, nIn, time]}. */
  void probabilities(INDArray x, INDArray output);

  /** Computes the loss of every row {@code t * batch + b}. */
  double[] losses(INDArray x);

  /**
   * As {@link #losses}, and writes the gradients of the sum of the losses.
   *
   * @param parameters gradients of {@code W} and {@code b}
   * @param inner gradient of x
   */
  double[] gradients(INDArray x, Map<String, INDArray> parameters, INDArray inner);
}
