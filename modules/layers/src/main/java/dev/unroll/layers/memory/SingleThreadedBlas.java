package dev.unroll.layers.memory;

import org.nd4j.linalg.factory.Nd4j;

/**
 * Tells OpenBLAS to use no threads of its own, in the whole process and for good.
 *
 * <p>Our layers share their work out over the threads of {@link Parallel} and call matrix products
 * from there; with threads inside each product, twice as many threads as cores would wait for each
 * other. Networks of usual size lose nothing where a layer of Deeplearning4j calls a product alone.
 * Asking OpenBLAS each time costs as much as a small product, hence once.
 */
public final class SingleThreadedBlas {
  static {
    if (!Parallel.SINGLE_THREADED) {
      Nd4j.factory().blas().setMaxThreads(1);
    }
  }

  private SingleThreadedBlas() {}

  /** Does it if it was not done yet. */
  public static void ensure() {
    // Calling this initialised the class.
  }
}
