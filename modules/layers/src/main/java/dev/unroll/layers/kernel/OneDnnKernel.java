package dev.unroll.layers.kernel;

import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.nd4j.linalg.api.buffer.DataType;

/** Computes with oneDNN, Intel's library of neural network code for processors. */
public final class OneDnnKernel implements RecurrentKernel {
  /** The name by which a user picks it. */
  public static final String NAME = "onednn";

  /**
   * Loads the library.
   *
   * @throws UnsatisfiedLinkError if there is none for this system
   */
  OneDnnKernel() {
    OneDnn.ENGINE.get_kind();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean supports(Cell cell, DataType type) {
    // Its gated recurrent units crash on the way back now and then, in a matrix product.
    return type == DataType.FLOAT && (cell == Cell.LSTM || cell == Cell.TANH);
  }

  @Override
  public Weights weights(CellShape shape, DataType type) {
    return new OneDnnWeights(shape);
  }

  @Override
  public Pass pass(CellShape shape, DataType type) {
    return new OneDnnPass(shape);
  }

  @Override
  public String toString() {
    dnnl_version_t version = dnnl.dnnl_version();
    return "oneDNN " + version.major() + "." + version.minor() + "." + version.patch();
  }
}
