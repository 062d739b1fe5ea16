package dev.unroll.training;

import dev.unroll.layers.TiedWeights;
import dev.unroll.layers.memory.Parallel;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Lets any number of threads use one network. Deeplearning4j's networks keep the state of a pass in
 * their layers and serve one thread at a time; the pool lends each thread a network of its own,
 * made when first needed, and all of them share one parameter vector.
 */
public final class NetworkPool {
  private final ComputationGraph original;
  private final ConcurrentLinkedQueue<ComputationGraph> idle = new ConcurrentLinkedQueue<>();

  /** A pool around {@code network}, which must not be trained any more. */
  public NetworkPool(ComputationGraph network) {
    this.original = network;
    idle.add(network);
  }

  /** What {@code use} makes of a network that is its own for the time of the call. */
  public <R> R with(Function<ComputationGraph, R> use) {
    ComputationGraph network = idle.poll();
    if (network == null) {
      network = twin();
    }
    ComputationGraph lent = network;
    try {
      return Parallel.singleThreaded(() -> use.apply(lent));
    } finally {
      idle.add(lent);
    }
  }

  /** The network that the pool was made around, for writing its parameters. */
  public ComputationGraph original() {
    return original;
  }

  private ComputationGraph twin() {
    ComputationGraph twin = new ComputationGraph(original.getConfiguration().clone());
    twin.init(original.params(), false);
    TiedWeights.connect(twin);
    return twin;
  }
}
