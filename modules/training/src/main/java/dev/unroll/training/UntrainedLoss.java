package dev.unroll.training;

import dev.unroll.data.UserError;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The loss of a network that has learnt nothing: what {@link DivergenceCheck} compares with. It
 * follows from the initial parameters and the data, so that no checkpoint needs to hold it.
 */
final class UntrainedLoss {
  private static final int SAMPLE = 16;

  private UntrainedLoss() {}

  /**
   * The loss per label, without dropout, over at most {@value #SAMPLE} batches spread over the
   * first epoch.
   *
   * @param network as it was initialised; it is not changed
   * @param batches are left anywhere
   * @throws UserError if it is not finite
   */
  static double perLabel(ComputationGraph network, EpochBatches batches) {
    batches.startEpoch(1);
    int count = batches.count();
    int sample = Math.min(count, SAMPLE);
    double loss = 0;
    double labels = 0;
    int read = 0;
    for (int i = 0; i < sample; i++) {
      int index = (int) ((long) i * count / sample);
      batches.skip(index - read);
      MultiDataSet batch = batches.next();
      read = index + 1;
      loss += GradientStep.loss(network, batch) * batch.getFeatures(0).size(0);
      labels += DivergenceCheck.labels(batch);
    }
    if (!Double.isFinite(loss)) {
      throw UserError.failed(
          "the loss is not finite before the first step, so the learning rate is not to blame; look"
              + " for values that are huge or not finite in the data and in the vectors",
          null);
    }
    return labels > 0 ? loss / labels : 0;
  }
}
