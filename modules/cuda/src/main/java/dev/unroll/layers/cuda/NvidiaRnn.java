package dev.unroll.layers.cuda;

import static dev.unroll.layers.cuda.NvidiaCudnn.checkCudnn;
import static org.bytedeco.cuda.global.cudnn.*;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.cuda.cudnn.cudnnContext;
import org.bytedeco.cuda.cudnn.cudnnDropoutStruct;
import org.bytedeco.cuda.cudnn.cudnnRNNStruct;
import org.bytedeco.cuda.cudnn.cudnnTensorStruct;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * cuDNN's network: the standard algorithm, no dropout, and true single or double precision unless
 * TF32 was asked for.
 *
 * <p>Not tested on a device yet. Without one, cuDNN 9.5.1 took these descriptions of network and
 * batch; nothing was computed.
 */
final class NvidiaRnn implements Cudnn.Rnn {
  private final cudnnContext handle;
  private final RnnShape shape;
  private final int type;
  private final cudnnRNNStruct network = new cudnnRNNStruct();

  /** Kept because the network refers to it. */
  private final cudnnDropoutStruct dropout = new cudnnDropoutStruct();

  private final long weightBytes;

  /** For each pseudo-layer, those of its gates one after another. */
  private final List<Cudnn.Block> matrices = new ArrayList<>();

  private final List<Cudnn.Block> biases = new ArrayList<>();

  NvidiaRnn(
      Cudnn cudnn, cudnnContext handle, RnnShape shape, DataType dataType, Arithmetic arithmetic) {
    this.handle = handle;
    this.shape = shape;
    type = dataType == DataType.DOUBLE ? CUDNN_DATA_DOUBLE : CUDNN_DATA_FLOAT;
    int mode =
        switch (shape.first().cell()) {
          case TANH -> CUDNN_RNN_TANH;
          case LSTM -> CUDNN_LSTM;
          case GRU_RESET_AFTER -> CUDNN_GRU;
          case GRU -> throw new IllegalArgumentException("cuDNN has no " + shape.first().cell());
        };
    try {
      weightBytes = describe(mode, arithmetic);
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
    } catch (RuntimeException e) {
      cudnnDestroyRNNDescriptor(network);
      cudnnDestroyDropoutDescriptor(dropout);
      throw e;
    }
  }

  /** Fills the descriptors; returns the size of the weight space. */
  private long describe(int mode, Arithmetic arithmetic) {
    checkCudnn("cudnnCreateDropoutDescriptor", cudnnCreateDropoutDescriptor(dropout));
    checkCudnn(
        "cudnnSetDropoutDescriptor", cudnnSetDropoutDescriptor(dropout, handle, 0, null, 0, 0));
    checkCudnn("cudnnCreateRNNDescriptor", cudnnCreateRNNDescriptor(network));
    checkCudnn(
        "cudnnSetRNNDescriptor_v8",
        cudnnSetRNNDescriptor_v8(
            network,
            CUDNN_RNN_ALGO_STANDARD,
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
      checkCudnn("cudnnGetRNNWeightSpaceSize", cudnnGetRNNWeightSpaceSize(handle, network, size));
      return size.get();
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
              network,
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
      cudnnDestroyTensorDescriptor(matrixShape);
      cudnnDestroyTensorDescriptor(biasShape);
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

  @Override
  public long weightBytes() {
    return weightBytes;
  }

  @Override
  public Cudnn.Block matrix(int pseudoLayer, int gate) {
    return matrices.get(pseudoLayer * gates() + gate);
  }

  @Override
  public Cudnn.Block bias(int pseudoLayer, int gate) {
    return biases.get(pseudoLayer * gates() + gate);
  }

  @Override
  public Cudnn.Space space(boolean training, Cudnn.Rows rows) {
    try (NvidiaBatch batch = new NvidiaBatch(shape, type, rows);
        SizeTPointer work = new SizeTPointer(1);
        SizeTPointer reserve = new SizeTPointer(1)) {
      checkCudnn(
          "cudnnGetRNNTempSpaceSizes",
          cudnnGetRNNTempSpaceSizes(handle, network, mode(training), batch.x, work, reserve));
      return new Cudnn.Space(work.get(), training ? reserve.get() : 0);
    }
  }

  private static int mode(boolean training) {
    return training ? CUDNN_FWD_MODE_TRAINING : CUDNN_FWD_MODE_INFERENCE;
  }

  @Override
  public void forward(boolean training, Cudnn.Rows rows, Cudnn.Arrays a) {
    try (NvidiaBatch batch = new NvidiaBatch(shape, type, rows)) {
      checkCudnn(
          "cudnnRNNForward",
          cudnnRNNForward(
              handle,
              network,
              mode(training),
              new IntPointer(new At(rows.onDevice())),
              batch.x,
              new At(a.x()),
              batch.y,
              new At(a.y()),
              batch.state,
              new At(a.h0()),
              new At(a.hN()),
              batch.state,
              new At(a.c0()),
              new At(a.cN()),
              weightBytes,
              new At(a.weights()),
              a.space().work(),
              new At(a.work()),
              a.space().reserve(),
              new At(training ? a.reserve() : 0)));
    }
  }

  @Override
  public void backwardData(
      Cudnn.Rows rows, Cudnn.Arrays a, long dY, long dX, Cudnn.StateGradients states) {
    try (NvidiaBatch batch = new NvidiaBatch(shape, type, rows)) {
      checkCudnn(
          "cudnnRNNBackwardData_v8",
          cudnnRNNBackwardData_v8(
              handle,
              network,
              new IntPointer(new At(rows.onDevice())),
              batch.y,
              new At(a.y()),
              new At(dY),
              batch.x,
              new At(dX),
              batch.state,
              new At(a.h0()),
              new At(states.dHn()),
              new At(states.dH0()),
              batch.state,
              new At(a.c0()),
              new At(states.dCn()),
              new At(states.dC0()),
              weightBytes,
              new At(a.weights()),
              a.space().work(),
              new At(a.work()),
              a.space().reserve(),
              new At(a.reserve())));
    }
  }

  @Override
  public void backwardWeights(Cudnn.Rows rows, Cudnn.Arrays a, long gradient) {
    try (NvidiaBatch batch = new NvidiaBatch(shape, type, rows)) {
      checkCudnn(
          "cudnnRNNBackwardWeights_v8",
          cudnnRNNBackwardWeights_v8(
              handle,
              network,
              CUDNN_WGRAD_MODE_ADD,
              new IntPointer(new At(rows.onDevice())),
              batch.x,
              new At(a.x()),
              batch.state,
              new At(a.h0()),
              batch.y,
              new At(a.y()),
              weightBytes,
              new At(gradient),
              a.space().work(),
              new At(a.work()),
              a.space().reserve(),
              new At(a.reserve())));
    }
  }
}
