package dev.unroll.training;

import dev.unroll.layers.TiedWeights;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Makes networks of configurations. */
public final class Networks {
  private Networks() {}

  /** The network of {@code configuration}, initialised from its seed. */
  public static ComputationGraph of(ComputationGraphConfiguration configuration) {
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    TiedWeights.connect(network);
    return network;
  }

  /** Another network of the same configuration, which shares the parameters of {@code network}. */
  static ComputationGraph twin(ComputationGraph network) {
    ComputationGraph twin = new ComputationGraph(network.getConfiguration().clone());
    twin.init(network.params(), false);
    TiedWeights.connect(twin);
    return twin;
  }
}
