package dev.unroll.training.cuda;

import java.util.List;

/** A layer or another vertex of a network on the device. Of each there is one pass at a time. */
interface Part {

  /**
   * How long the sequences are that the part gives, asked before each step, while there is still
   * room in the parcel.
   *
   * @param below those of each vertex that it reads
   */
  default Lengths lengths(List<Lengths> below) {
    return below.get(0);
  }

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
     * @param below how long the sequences of each vertex are that it reads; null for an input that
     *     it reads by itself
     * @return whether the batch can be computed on the device
     */
    boolean prepare(DeviceBatch batch, List<Lengths> below);
  }

  /** A part that reads an input of the network by itself, such as numbers of words. */
  interface OfInput extends Prepared {}

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
