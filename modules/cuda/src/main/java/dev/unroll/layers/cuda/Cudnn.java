package dev.unroll.layers.cuda;

import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The calls of CUDA and cuDNN that the kernel needs, and no more: so that the kernel can be tested
 * with the documented equations in place of a device. Memory of the device is an address that this
 * machine's code must not look at. One thread at a time, which holds the object as a lock.
 *
 * <p>A failed call throws an {@link IllegalStateException} that names the call and cuDNN's reason.
 *
 * @see <a href="https://docs.nvidia.com/deeplearning/cudnn/latest/api/cudnn-adv-library.html">
 *     cuDNN's recurrent networks</a>
 */
public interface Cudnn {

  /** The device and the versions, for people. */
  String describe();

  /**
   * Takes memory of the device; its contents are undefined.
   *
   * @throws OutOfDeviceMemory if there is no room
   */
  long allocate(long bytes);

  /** Gives it back; may be called by any thread. */
  void free(long memory);

  /** Sets bytes to zero. */
  void clear(long memory, long bytes);

  /** Copies to the device. */
  void upload(Pointer from, long to, long bytes);

  /** Copies from the device, after what it computes has been finished. */
  void download(long from, Pointer to, long bytes);

  /** A network. */
  Rnn rnn(RnnShape shape, DataType type, Arithmetic arithmetic);

  /**
   * Where a matrix or a bias of one gate lies in the weight space.
   *
   * @param offset bytes from its beginning
   * @param values {@code hidden x inputs} row after row, with what the pseudo-layer reads; {@code
   *     hidden x hidden}; or {@code hidden}
   */
  record Block(long offset, long values) {}

  /**
   * Rows that are computed together, each as far as its length.
   *
   * @param lengths steps of each row
   * @param steps to which the arrays {@code [steps, rows, features]} are padded
   * @param onDevice address of the lengths as 32-bit integers
   */
  record Rows(int[] lengths, int steps, long onDevice) {}

  /**
   * Bytes that a pass needs beside its arrays; the reserve lasts until the backward pass is done.
   *
   * @param algorithm by which the pass is computed, forward and back
   */
  record Space(long work, long reserve, RnnAlgorithm algorithm) {}

  /**
   * Addresses of what a pass reads and writes. States are {@code [layers * directions, rows,
   * hidden]}; {@code c0} and {@code cN} are 0 for cells without memory.
   *
   * @param x {@code [steps, rows, inputs]}
   * @param y {@code [steps, rows, directions * hidden]}, of the last layer
   * @param hN receives the hidden state after each row's last step, which is the row's first one
   *     for the second direction
   * @param cN receives the memory after each row's last step
   */
  record Arrays(
      long weights,
      long x,
      long y,
      long h0,
      long hN,
      long c0,
      long cN,
      Space space,
      long work,
      long reserve) {

    /** The same with other memory to work in. */
    Arrays workingAt(long newWork) {
      return new Arrays(weights, x, y, h0, hN, c0, cN, space, newWork, reserve);
    }
  }

  /**
   * Addresses of derivatives with respect to states, {@code [layers * directions, rows, hidden]};
   * those of memories are 0 for cells without. The others are never 0: cuDNN's documentation lets
   * null stand for zeros and for what nobody wants, but the large frameworks never pass it, so
   * nobody knows whether it does.
   *
   * @param dHn read: with respect to the hidden state after each row's last step, beside what of it
   *     is in {@code dY}
   * @param dCn read: with respect to the memory after each row's last step
   * @param dH0 written: with respect to the hidden state before the first step
   * @param dC0 written: with respect to the memory before it
   */
  record StateGradients(long dHn, long dCn, long dH0, long dC0) {}

  /** {@code cudnnRNNDescriptor_t}, with a bias for the input and another for the state. */
  interface Rnn {

    /** {@code cudnnGetRNNWeightSpaceSize}. */
    long weightBytes();

    /**
     * {@code cudnnGetRNNWeightParams}: the matrix.
     *
     * @param pseudoLayer {@code layer * directions + direction}
     * @param gate cuDNN's {@code linLayerID}: gates of the input first, then those of the state
     */
    Block matrix(int pseudoLayer, int gate);

    /** {@code cudnnGetRNNWeightParams}: the bias. */
    Block bias(int pseudoLayer, int gate);

    /** {@code cudnnGetRNNTempSpaceSizes}. */
    Space space(boolean training, Rows rows);

    /** {@code cudnnRNNForward}; pads {@code y} with zeros. */
    void forward(boolean training, Rows rows, Arrays arrays);

    /** {@code cudnnRNNBackwardData_v8}, once after each forward pass; leaves padding undefined. */
    void backwardData(Rows rows, Arrays arrays, long dY, long dX, StateGradients states);

    /** {@code cudnnRNNBackwardWeights_v8}, after {@link #backwardData}; adds to the gradient. */
    void backwardWeights(Rows rows, Arrays arrays, long gradient);

    /** Destroys the description; afterwards nothing may be asked of it. */
    void close();
  }
}
