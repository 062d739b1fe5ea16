package dev.unroll.training;

import dev.unroll.layers.memory.Parallel;
import dev.unroll.layers.memory.SingleThreadedBlas;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** One forward and one backward pass, without an update; or the forward pass alone. */
public final class GradientStep {

  private GradientStep() {}

  /**
   * Computes the loss of a batch and its gradient, which {@code network.getFlattenedGradients()}
   * then holds as a sum over the batch; {@link Optimizer#step} takes it from there.
   *
   * <p>The network's iteration count goes up by one, as dropout draws its masks from it. The count
   * is saved with the network's configuration, so a resumed training draws the masks that it would
   * have drawn.
   *
   * @return the loss as Deeplearning4j defines it, the sum over the time steps of an example, if it
   *     has any, averaged over the examples
   */
  public static double compute(ComputationGraph network, MultiDataSet batch) {
    return singleThreaded(
        network,
        () -> {
          network.setInputs(batch.getFeatures());
          network.setLabels(batch.getLabels());
          network.setLayerMaskArrays(batch.getFeaturesMaskArrays(), batch.getLabelsMaskArrays());
          network.computeGradientAndScore();
          ComputationGraphConfiguration configuration = network.getConfiguration();
          configuration.setIterationCount(configuration.getIterationCount() + 1);
          return network.score();
        });
  }

  /**
   * What a network of one output answers in training, with what {@link #compute} would drop next.
   *
   * @return of the output layer, {@code [batch, labels]} for a softmax over labels
   */
  public static INDArray output(ComputationGraph network, MultiDataSet batch) {
    return singleThreaded(
        network,
        () -> {
          int iteration = network.getConfiguration().getIterationCount();
          for (Layer layer : network.getLayers()) {
            layer.setIterationCount(iteration);
          }
          network.setLayerMaskArrays(batch.getFeaturesMaskArrays(), batch.getLabelsMaskArrays());
          // Deeplearning4j's output() has no room for what is dropped.
          return network
              .feedForward(batch.getFeatures(), true, true)
              .get(network.getConfiguration().getNetworkOutputs().get(0));
        });
  }

  /**
   * The loss of a batch as {@link #compute} defines it, but without dropout, from the zero state,
   * and without a gradient. Nothing in the network changes.
   */
  static double loss(ComputationGraph network, MultiDataSet batch) {
    return singleThreaded(network, () -> network.score(batch, false));
  }

  /** Small products are slower on several threads, and sums would depend on their number. */
  static <R> R singleThreaded(ComputationGraph network, Supplier<R> pass) {
    SingleThreadedBlas.ensure();
    try {
      return Parallel.singleThreaded(pass);
    } finally {
      network.clearLayerMaskArrays();
    }
  }
}
