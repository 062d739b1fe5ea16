package dev.unroll.layers.cuda;

import static dev.unroll.layers.cuda.NvidiaCudnn.checkCudnn;
import static org.bytedeco.cuda.global.cudnn.*;

import org.bytedeco.cuda.cudnn.cudnnRNNDataStruct;
import org.bytedeco.cuda.cudnn.cudnnTensorStruct;
import org.bytedeco.javacpp.DoublePointer;

/** cuDNN's descriptions of the arrays of a pass. */
final class NvidiaBatch {
  /** Zero has the same bytes in every precision. Never freed: cuDNN need not have copied it. */
  private static final DoublePointer PADDING = new DoublePointer(0.0);

  final cudnnRNNDataStruct x = new cudnnRNNDataStruct();
  final cudnnRNNDataStruct y = new cudnnRNNDataStruct();

  /** {@code [layers * directions, rows, hidden]}: hidden states, and memories. */
  final cudnnTensorStruct state = new cudnnTensorStruct();

  NvidiaBatch(RnnShape shape, int type, Cudnn.Rows rows) {
    int batch = rows.lengths().length;
    try {
      describe(x, type, shape.first().inputs(), rows);
      describe(y, type, shape.outputs(), rows);
      checkCudnn("cudnnCreateTensorDescriptor", cudnnCreateTensorDescriptor(state));
      checkCudnn(
          "cudnnSetTensorNdDescriptor",
          cudnnSetTensorNdDescriptor(
              state,
              type,
              3,
              new int[] {shape.pseudoLayers(), batch, shape.hidden()},
              new int[] {batch * shape.hidden(), shape.hidden(), 1}));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private static void describe(cudnnRNNDataStruct data, int type, int features, Cudnn.Rows rows) {
    checkCudnn("cudnnCreateRNNDataDescriptor", cudnnCreateRNNDataDescriptor(data));
    checkCudnn(
        "cudnnSetRNNDataDescriptor",
        cudnnSetRNNDataDescriptor(
            data,
            type,
            CUDNN_RNN_DATA_LAYOUT_SEQ_MAJOR_UNPACKED,
            rows.steps(),
            rows.lengths().length,
            features,
            rows.lengths(),
            PADDING));
  }

  void close() {
    destroy(x);
    destroy(y);
    destroy(state);
  }

  private static void destroy(cudnnRNNDataStruct data) {
    if (!data.isNull()) {
      cudnnDestroyRNNDataDescriptor(data);
      data.setNull();
    }
  }

  /** Destroys what may not have been made. */
  static void destroy(cudnnTensorStruct tensor) {
    if (!tensor.isNull()) {
      cudnnDestroyTensorDescriptor(tensor);
      tensor.setNull();
    }
  }
}
