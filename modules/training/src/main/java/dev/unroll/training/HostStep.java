package dev.unroll.training;

import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Steps in main memory, by the network and the optimizer themselves. */
public final class HostStep implements TrainingStep {
  private final ComputationGraph network;
  private final Optimizer optimizer;

  /** Steps of a network by an optimizer that was made for it. */
  public HostStep(ComputationGraph network, Optimizer optimizer) {
    this.network = network;
    this.optimizer = optimizer;
  }

  @Override
  public Result step(
      MultiDataSet batch, double learningRate, double divisor, ToDoubleFunction<String> factors) {
    double loss = GradientStep.compute(network, batch);
    return new Result(loss, optimizer.step(learningRate, divisor, factors));
  }

  @Override
  public void forget() {
    network.rnnClearPreviousState();
  }

  @Override
  public void updateNetwork() {
    // It is.
  }

  @Override
  public void updateMoments() {
    // They are.
  }

  @Override
  public void close() {
    // There is nothing but the network and the optimizer.
  }
}
