package dev.unroll.training;

import dev.unroll.data.DevScore;
import dev.unroll.data.Provenance;
import dev.unroll.data.Split;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * What a task brings to one training: its examples as batches, its network and its score. A {@link
 * Trainer} does the rest. It asks in the order of the methods below, once for each, and for nothing
 * that takes long before it knows that the model can be written.
 *
 * @param <M> the model that comes of it
 */
public interface Recipe<M extends TrainedModel> {
  /** The examples as they were read. */
  Split<?> split();

  /** What the network will be, with nothing allocated yet. */
  ComputationGraphConfiguration configuration();

  /** The training part, encoded. */
  EpochBatches batches();

  /** How each batch is changed before a step learns from it; not at all unless told otherwise. */
  default BatchRevision revision() {
    return BatchRevision.NONE;
  }

  /**
   * Scores a network on the dev part, once after every epoch; empty if there is no dev part. The
   * metrics of the model come from here.
   */
  Optional<Function<ComputationGraph, DevScore>> scorer();

  /** Most time steps of a batch. */
  long steps();

  /** How many training examples there are, as provenance counts them. */
  default long trainExamples() {
    return split().train().size();
  }

  /** How many dev examples there are, as provenance counts them; 0 without a dev part. */
  default long devExamples() {
    return split().dev().map(part -> (long) part.size()).orElse(0L);
  }

  /** A line for who trains, should other settings suit the data much better. */
  default Optional<String> advice() {
    return Optional.empty();
  }

  /** How fast each layer learns, beside the others. */
  default LayerRates rates() {
    return LayerRates.EQUAL;
  }

  /** How steps are taken. */
  default TrainingStep step(ComputationGraph network, Optimizer optimizer) {
    return TrainingStep.of(network, optimizer);
  }

  /** Changes what the network begins with, which was drawn from the seed. */
  default void initialise(ComputationGraph network) {}

  /** The model around the network, which has the parameters of the best epoch by then. */
  M model(ComputationGraph network, Map<String, Double> metrics, Provenance provenance);
}
