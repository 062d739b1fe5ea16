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
    return type == DataType.FLOAT;
  }

  @Override
  public Weights weights(CellShape shape, DataType type, boolean large) {
    return wholeCell(shape.cell(), large) ? new OneDnnWeights(shape) : new PackedWeights(shape);
  }

  @Override
  public Pass pass(CellShape shape, DataType type, boolean large) {
    return wholeCell(shape.cell(), large)
        ? new OneDnnPass(shape)
        : BlasKernel.pass(shape, new PackedStateProducts(shape));
  }

  /**
   * Whether oneDNN computes all of the cell, or only its products with the state. Its gated
   * recurrent units crash on the way back now and then, in a matrix product; and for a single row
   * the weights are best used where they lie, as finding out whether they changed costs as much.
   */
  private static boolean wholeCell(Cell cell, boolean large) {
    return large && (cell == Cell.TANH || cell == Cell.LSTM);
  }

  @Override
  public String toString() {
    dnnl_version_t version = dnnl.dnnl_version();
    return "oneDNN " + version.major() + "." + version.minor() + "." + version.patch();
  }
}
