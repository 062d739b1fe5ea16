package dev.unroll.training;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Changes what a step of a training learns from by what the network has learnt so far, as scheduled
 * sampling does. The same state of the network and the same numbers must give the same batch, so
 * that a resumed training goes on as the stopped one would have.
 */
@FunctionalInterface
public interface BatchRevision {
  /** Leaves every batch as it is. */
  BatchRevision NONE = (batch, network, step, progress) -> batch;

  /**
   * The batch to learn from.
   *
   * @param batch as the examples gave it, with as many examples, labels and masks as the result
   * @param network as the step before left it; may be asked for its output, without training, and
   *     nothing else
   * @param step how many steps of the training are done
   * @param progress what share of the training is done, from 0 to below 1; epochs that an early end
   *     may spare are counted
   */
  MultiDataSet revise(MultiDataSet batch, ComputationGraph network, long step, double progress);
}
