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

  /**
   * Whether oneDNN computes all of the cell, or only its products with the state. Its gated
   * recurrent units crash on the way back now and then, in a matrix product; and for a single row
   * the weights are best used where they lie, as finding out whether they changed costs as much.
   */
  @Override
  public Method method(CellShape shape, DataType type, Purpose purpose) {
    boolean gru = shape.cell() == Cell.GRU || shape.cell() == Cell.GRU_RESET_AFTER;
    return switch (purpose) {
      case TRAINING -> gru ? new OnlyProducts(shape) : new WholeCell(shape);
      case INFERENCE -> new WholeCell(shape);
      case SINGLE_ROW -> new OnlyProducts(shape);
    };
  }

  private record WholeCell(CellShape shape) implements Method {
    @Override
    public Weights weights() {
      return new OneDnnWeights(shape);
    }

    @Override
    public Pass pass() {
      return new OneDnnPass(shape);
    }
  }

  private record OnlyProducts(CellShape shape) implements Method {
    @Override
    public Weights weights() {
      return new PackedWeights(shape);
    }

    @Override
    public Pass pass() {
      return BlasKernel.pass(shape, new PackedProducts(shape));
    }
  }

  @Override
  public String toString() {
    dnnl_version_t version = dnnl.dnnl_version();
    return "oneDNN " + version.major() + "." + version.minor() + "." + version.patch();
  }
}
