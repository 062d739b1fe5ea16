package dev.unroll.layers.cuda;

import static dev.unroll.layers.cuda.NvidiaCudnn.checkCudnn;
import static org.bytedeco.cuda.global.cudnn.*;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.cuda.cudnn.cudnnContext;
import org.bytedeco.cuda.cudnn.cudnnDropoutStruct;
import org.bytedeco.cuda.cudnn.cudnnRNNStruct;
import org.bytedeco.cuda.cudnn.cudnnTensorStruct;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * cuDNN's description of a network, and where its parameters lie: no dropout, and true single or
 * double precision unless TF32 was asked for.
 *
 * <p>Not tested on a device yet. Without one, cuDNN 9.5.1 took descriptions of one to three layers
 * in one direction and two, by either algorithm, and named the same places for both; nothing was
 * computed.
 */
final class NvidiaNetwork {
  final cudnnRNNStruct descriptor = new cudnnRNNStruct();
  private final cudnnContext handle;
  private final RnnShape shape;

  /** Kept because the network refers to it. */
  private final cudnnDropoutStruct dropout = new cudnnDropoutStruct();

  private long weightBytes;

  /** For each pseudo-layer, those of its gates one after another. */
  private final List<Cudnn.Block> matrices = new ArrayList<>();

  private final List<Cudnn.Block> biases = new ArrayList<>();

  /**
   * Describes a network.
   *
   * @param type cuDNN's number of it
   */
  NvidiaNetwork(
      Cudnn cudnn,
      cudnnContext handle,
      RnnShape shape,
      int type,
      Arithmetic arithmetic,
      RnnAlgorithm algorithm) {
    this.handle = handle;
    this.shape = shape;
    try {
      describe(type, arithmetic, algorithm);
      long weights = cudnn.allocate(weightBytes);
      try {
        for (int layer = 0; layer < shape.pseudoLayers(); layer++) {
          for (int gate = 0; gate < gates(); gate++) {
            findGate(weights, layer, gate);
          }
        }
      } finally {
        cudnn.free(weights);
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private static int mode(RnnShape shape) {
    return switch (shape.first().cell()) {
      case TANH -> CUDNN_RNN_TANH;
      case LSTM -> CUDNN_LSTM;
      case GRU_RESET_AFTER -> CUDNN_GRU;
      case GRU -> throw new IllegalArgumentException("cuDNN has no " + shape.first().cell());
    };
  }

  private void describe(int type, Arithmetic arithmetic, RnnAlgorithm algorithm) {
    int mode = mode(shape);
    checkCudnn("cudnnCreateDropoutDescriptor", cudnnCreateDropoutDescriptor(dropout));
    checkCudnn(
        "cudnnSetDropoutDescriptor", cudnnSetDropoutDescriptor(dropout, handle, 0, null, 0, 0));
    checkCudnn("cudnnCreateRNNDescriptor", cudnnCreateRNNDescriptor(descriptor));
    checkCudnn(
        "cudnnSetRNNDescriptor_v8",
        cudnnSetRNNDescriptor_v8(
            descriptor,
            algorithm == RnnAlgorithm.PERSISTENT
                ? CUDNN_RNN_ALGO_PERSIST_STATIC_SMALL_H
                : CUDNN_RNN_ALGO_STANDARD,
            mode,
            CUDNN_RNN_DOUBLE_BIAS,
            shape.directions() == 2 ? CUDNN_BIDIRECTIONAL : CUDNN_UNIDIRECTIONAL,
            CUDNN_LINEAR_INPUT,
            type,
            type,
            // What cuDNN does by default rounds floats to TF32 where the device can.
            arithmetic == Arithmetic.TF32 ? CUDNN_DEFAULT_MATH : CUDNN_FMA_MATH,
            shape.first().inputs(),
            shape.hidden(),
            shape.hidden(),
            shape.layers(),
            dropout,
            CUDNN_RNN_PADDED_IO_ENABLED));
    try (SizeTPointer size = new SizeTPointer(1)) {
      checkCudnn(
          "cudnnGetRNNWeightSpaceSize", cudnnGetRNNWeightSpaceSize(handle, descriptor, size));
      weightBytes = size.get();
    }
  }

  /** Those of the input and those of the state. */
  private int gates() {
    return 2 * shape.first().cell().gates();
  }

  /** Asks where the gate lies in a weight space at this address. */
  private void findGate(long weights, int pseudoLayer, int gate) {
    cudnnTensorStruct matrixShape = new cudnnTensorStruct();
    cudnnTensorStruct biasShape = new cudnnTensorStruct();
    try {
      checkCudnn("cudnnCreateTensorDescriptor", cudnnCreateTensorDescriptor(matrixShape));
      checkCudnn("cudnnCreateTensorDescriptor", cudnnCreateTensorDescriptor(biasShape));
      Pointer matrix = new Pointer();
      Pointer bias = new Pointer();
      checkCudnn(
          "cudnnGetRNNWeightParams",
          cudnnGetRNNWeightParams(
              handle,
              descriptor,
              pseudoLayer,
              weightBytes,
              new At(weights),
              gate,
              matrixShape,
              matrix,
              biasShape,
              bias));
      matrices.add(new Cudnn.Block(matrix.address() - weights, values(matrixShape)));
      biases.add(new Cudnn.Block(bias.address() - weights, values(biasShape)));
    } finally {
      NvidiaBatch.destroy(matrixShape);
      NvidiaBatch.destroy(biasShape);
    }
  }

  private static long values(cudnnTensorStruct tensor) {
    int[] type = new int[1];
    int[] dimensions = new int[1];
    int[] sizes = new int[3];
    int[] strides = new int[3];
    checkCudnn(
        "cudnnGetTensorNdDescriptor",
        cudnnGetTensorNdDescriptor(tensor, 3, type, dimensions, sizes, strides));
    return (long) sizes[0] * sizes[1] * sizes[2];
  }

  long weightBytes() {
    return weightBytes;
  }

  Cudnn.Block matrix(int pseudoLayer, int gate) {
    return matrices.get(pseudoLayer * gates() + gate);
  }

  Cudnn.Block bias(int pseudoLayer, int gate) {
    return biases.get(pseudoLayer * gates() + gate);
  }

  void close() {
    if (!descriptor.isNull()) {
      cudnnDestroyRNNDescriptor(descriptor);
      descriptor.setNull();
    }
    if (!dropout.isNull()) {
      cudnnDestroyDropoutDescriptor(dropout);
      dropout.setNull();
    }
  }
}
