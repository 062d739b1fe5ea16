package dev.unroll.training.cuda;

import java.util.List;

/** A layer or another vertex of a network on the device. Of each there is one pass at a time. */
interface Part {

  /**
   * What the part makes of what it reads. The memory is the arena's, and whoever reads a tensor may
   * not write to it.
   *
   * @param below one a vertex that it reads
   */
  Tensor forward(List<Tensor> below);

  /**
   * Goes back through the last pass, and leaves the gradient of the parameters in their space.
   *
   * @param outer the derivatives with respect to the output, which may be written to
   * @return those with respect to each that was read; undefined behind the end of a sequence. Null
   *     where there are none.
   */
  List<Tensor> backward(Tensor outer);

  /** Gives back memory that outlives a step. */
  default void close() {
    // Most parts have none.
  }

  /** A part with something to say about the batch before the step begins. */
  interface Prepared extends Part {
    /**
     * Puts into the parcel what the step needs of the batch.
     *
     * @return whether the batch can be computed on the device
     */
    boolean prepare(DeviceBatch batch);
  }

  /** A part that carries its state from batch to batch. */
  interface Carrying extends Part {
    /** Begins with zeros. */
    void forget();

    /** Takes what the network carries. */
    void readState();

    /** Has the network carry what the part does. */
    void writeState();
  }
}
