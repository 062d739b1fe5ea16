package dev.unroll.layers.cuda;

import static dev.unroll.layers.cuda.NvidiaCudnn.checkCudnn;
import static org.bytedeco.cuda.global.cudnn.*;

import org.bytedeco.cuda.cudnn.cudnnContext;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * cuDNN's passes over a network, by one algorithm.
 *
 * <p>Not tested on a device yet.
 */
final class NvidiaRnn implements Cudnn.Rnn {
  private final cudnnContext handle;
  private final RnnAlgorithm algorithm;
  private final NvidiaNetwork network;
  private final LastBatch<NvidiaBatch> batches;

  NvidiaRnn(
      Cudnn cudnn,
      cudnnContext handle,
      RnnShape shape,
      DataType dataType,
      Arithmetic arithmetic,
      RnnAlgorithm algorithm) {
    this.algorithm = algorithm;
    this.handle = handle;
    int type = dataType == DataType.DOUBLE ? CUDNN_DATA_DOUBLE : CUDNN_DATA_FLOAT;
    network = new NvidiaNetwork(cudnn, handle, shape, type, arithmetic, algorithm);
    batches = new LastBatch<>(rows -> new NvidiaBatch(shape, type, rows), NvidiaBatch::close);
  }

  @Override
  public long weightBytes() {
    return network.weightBytes();
  }

  @Override
  public Cudnn.Block matrix(int pseudoLayer, int gate) {
    return network.matrix(pseudoLayer, gate);
  }

  @Override
  public Cudnn.Block bias(int pseudoLayer, int gate) {
    return network.bias(pseudoLayer, gate);
  }

  @Override
  public Cudnn.Space space(boolean training, Cudnn.Rows rows) {
    NvidiaBatch batch = batches.of(rows);
    try (SizeTPointer work = new SizeTPointer(1);
        SizeTPointer reserve = new SizeTPointer(1)) {
      checkCudnn(
          "cudnnGetRNNTempSpaceSizes",
          cudnnGetRNNTempSpaceSizes(
              handle, network.descriptor, mode(training), batch.x, work, reserve));
      return new Cudnn.Space(work.get(), training ? reserve.get() : 0, algorithm);
    }
  }

  private static int mode(boolean training) {
    return training ? CUDNN_FWD_MODE_TRAINING : CUDNN_FWD_MODE_INFERENCE;
  }

  @Override
  public void forward(boolean training, Cudnn.Rows rows, Cudnn.Arrays a) {
    NvidiaBatch batch = batches.of(rows);
    checkCudnn(
        "cudnnRNNForward",
        cudnnRNNForward(
            handle,
            network.descriptor,
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
            network.weightBytes(),
            new At(a.weights()),
            a.space().work(),
            new At(a.work()),
            a.space().reserve(),
            new At(training ? a.reserve() : 0)));
  }

  @Override
  public void backwardData(
      Cudnn.Rows rows, Cudnn.Arrays a, long dY, long dX, Cudnn.StateGradients states) {
    NvidiaBatch batch = batches.of(rows);
    checkCudnn(
        "cudnnRNNBackwardData_v8",
        cudnnRNNBackwardData_v8(
            handle,
            network.descriptor,
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
            network.weightBytes(),
            new At(a.weights()),
            a.space().work(),
            new At(a.work()),
            a.space().reserve(),
            new At(a.reserve())));
  }

  @Override
  public void backwardWeights(Cudnn.Rows rows, Cudnn.Arrays a, long gradient) {
    NvidiaBatch batch = batches.of(rows);
    checkCudnn(
        "cudnnRNNBackwardWeights_v8",
        cudnnRNNBackwardWeights_v8(
            handle,
            network.descriptor,
            CUDNN_WGRAD_MODE_ADD,
            new IntPointer(new At(rows.onDevice())),
            batch.x,
            new At(a.x()),
            batch.state,
            new At(a.h0()),
            batch.y,
            new At(a.y()),
            network.weightBytes(),
            new At(gradient),
            a.space().work(),
            new At(a.work()),
            a.space().reserve(),
            new At(a.reserve())));
  }

  @Override
  public void close() {
    batches.close();
    network.close();
  }
}
