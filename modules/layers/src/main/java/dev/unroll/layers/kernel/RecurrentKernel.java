package dev.unroll.layers.kernel;

import dev.unroll.layers.memory.Gemm;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What computes a recurrent layer.
 *
 * <p>A kernel sees rows that all begin at step 0: masks, directions and the splitting over threads
 * are behind it, in {@link Recurrence}. It offers a {@link Method} for each {@link Purpose}, which
 * makes the two things that carry state: {@link Weights}, one for each direction of a layer, and
 * {@link Pass}, one for each part of a batch. The kernel itself is shared by all layers and
 * threads.
 */
public interface RecurrentKernel {

  /** The name by which a user picks it. */
  String name();

  /** Whether it can compute this cell in this type. */
  boolean supports(Cell cell, DataType type);

  /** How it computes a cell that it supports. */
  Method method(CellShape shape, DataType type, Purpose purpose);

  /** What computes the large products of the network's other layers; null for OpenBLAS. */
  default Gemm.Products products() {
    return null;
  }

  /**
   * What passes are for.
   *
   * @param training whether they go back too
   * @param singleRow whether they read one sequence, and not several
   * @param memories whether the rows have different lengths, and the memory after each one's own
   *     last step is wanted, or its derivative goes in there. Otherwise it is that of the last step
   *     of all, which some libraries can only do
   * @param oneStep whether they are of one step each, so that no call has much to do
   * @param constant whether {@link Weights#load} is called once, so that rearranging pays
   */
  record Purpose(
      boolean training, boolean singleRow, boolean memories, boolean oneStep, boolean constant) {

    /** Of parameters that may change before every pass. */
    public Purpose(boolean training, boolean singleRow, boolean memories, boolean oneStep) {
      this(training, singleRow, memories, oneStep, false);
    }
  }

  /** A way to compute a cell of given sizes; equal ones can use each other's weights and passes. */
  interface Method {

    /** Room for the parameters of one direction of a layer. */
    Weights weights();

    /** Room for one part of a batch. */
    Pass pass();

    /** Whether a part should be the whole batch, and not a share for each thread. */
    default boolean takesWholeBatch() {
      return false;
    }
  }

  /** The parameters of one direction, in whatever layout the kernel computes with. */
  interface Weights {

    /**
     * Takes the parameters over; called before every forward pass, so a kernel that rearranges them
     * should look first whether they changed.
     *
     * @param input {@code W [inputs, gates x hidden]}, column after column
     * @param recurrent {@code R [hidden, gates x hidden]}, column after column
     * @param bias {@code b [biases x hidden]}
     */
    void load(Pointer input, Pointer recurrent, Pointer bias);
  }
}
