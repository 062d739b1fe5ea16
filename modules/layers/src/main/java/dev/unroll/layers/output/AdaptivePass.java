package dev.unroll.layers.output;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What {@link AdaptiveSoftmaxLayer} does to one batch; all arrays of sequences are time-major. */
interface AdaptivePass {
  /**
   * Writes the probabilities {@code [batch, classes, time]} for {@code x [batch, nIn, time]}.
   *
   * @param labels say which rows are padding, and get zeros
   */
  void probabilities(INDArray x, StepLabels labels, INDArray output);

  /** Computes the loss of every row {@code t * batch + b}. */
  double[] losses(INDArray x, StepLabels labels);

  /**
   * As {@link #losses}, and writes the gradients of the sum of the losses.
   *
   * @param parameters gradients by the names of the parameters
   * @param inner gradient of x
   */
  double[] gradients(
      INDArray x, StepLabels labels, Map<String, INDArray> parameters, INDArray inner);
}
