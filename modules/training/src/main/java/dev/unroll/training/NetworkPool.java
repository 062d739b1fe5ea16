package dev.unroll.training;

import dev.unroll.layers.memory.Parallel;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
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
  private final ConcurrentLinkedQueue<ComputationGraph> idle = new ConcurrentLinkedQueue<>();
  private final Semaphore free;
  private final ThreadLocal<Integer> held = ThreadLocal.withInitial(() -> 0);

  /** A pool around {@code network}, which must not be trained any more. */
  public NetworkPool(ComputationGraph network) {
    this(network, Runtime.getRuntime().availableProcessors());
  }

  NetworkPool(ComputationGraph network, int most) {
    this.original = network;
    this.free = new Semaphore(most, true);
    idle.add(network);
  }

  /** What {@code use} makes of a network that is its own for the time of the call. */
  public <R> R with(Function<ComputationGraph, R> use) {
    int before = held.get();
    if (before == 0) {
      free.acquireUninterruptibly();
    } else if (!free.tryAcquire()) {
      return lend(Networks.twin(original), use, before);
    }
    try {
      ComputationGraph waiting = idle.poll();
      ComputationGraph network = waiting == null ? Networks.twin(original) : waiting;
      try {
        return lend(network, use, before);
      } finally {
        idle.add(network);
      }
    } finally {
      free.release();
    }
  }

  /**
   * Does {@code count} pieces of work, number 0 to {@code count - 1}, on as many threads as work on
   * layers, each with a network of its own.
   */
  public void forEach(int count, ObjIntConsumer<ComputationGraph> use) {
    Parallel.forEach(
        count,
        number ->
            with(
                network -> {
                  use.accept(network, number);
                  return null;
                }));
  }

  private <R> R lend(ComputationGraph network, Function<ComputationGraph, R> use, int before) {
    held.set(before + 1);
    try {
      return Parallel.singleThreaded(() -> use.apply(network));
    } finally {
      if (before == 0) {
        held.remove();
      } else {
        held.set(before);
      }
    }
  }

  /** The network that the pool was made around, for writing its parameters. */
  public ComputationGraph original() {
    return original;
  }
}
