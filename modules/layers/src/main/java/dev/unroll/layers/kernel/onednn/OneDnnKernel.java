package dev.unroll.layers.kernel.onednn;

import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.RecurrentKernel;
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
  public Method method(CellShape shape, DataType type, Purpose purpose) {
    return OneDnnMethods.floats(shape, purpose);
  }

  @Override
  public String toString() {
    dnnl_version_t version = dnnl.dnnl_version();
    return "oneDNN " + version.major() + "." + version.minor() + "." + version.patch();
  }
}
