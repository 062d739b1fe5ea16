package dev.unroll.training;

import dev.unroll.layers.memory.Parallel;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Lets any number of threads use one network. Deeplearning4j's networks keep the state of a pass in
 * their layers and serve one thread at a time; the pool lends each thread a network of its own,
 * made when first needed, and all of them share one parameter vector.
 *
 * <p>There are at most as many networks as processors, so that memory is bounded however many
 * threads call; the others wait, and are served in the order in which they came. A thread that
 * holds a network already waits for no second one, which could be for ever: if none is free, it
 * gets one that is dropped after the call.
 */
public final class NetworkPool {
  private final ComputationGraph original;
  private final Lender<ComputationGraph> networks;

  /** A pool around {@code network}, which must not be trained any more. */
  public NetworkPool(ComputationGraph network) {
    this(network, Runtime.getRuntime().availableProcessors());
  }

  NetworkPool(ComputationGraph network, int most) {
    this.original = network;
    this.networks = new Lender<>(() -> Networks.twin(network), most, Parallel::singleThreaded);
    networks.add(network);
  }

  /** What {@code use} makes of a network that is its own for the time of the call. */
  public <R> R with(Function<ComputationGraph, R> use) {
    return networks.with(use);
  }

  /**
   * Does {@code count} pieces of work, number 0 to {@code count - 1}, on as many threads as work on
   * layers, each with a network of its own.
   */
  public void forEach(int count, ObjIntConsumer<ComputationGraph> use) {
    networks.forEach(count, use);
  }

  /** The network that the pool was made around, for writing its parameters. */
  public ComputationGraph original() {
    return original;
  }
}
