package dev.unroll.layers.kernel.onednn;

import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.Pass;
import dev.unroll.layers.kernel.RecurrentKernel;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.nd4j.linalg.api.buffer.DataType;

/** Computes with oneDNN, Intel's library of neural network code for processors. */
public final class OneDnnKernel implements RecurrentKernel {
  /** The name by which a user picks it. */
  public static final String NAME = "onednn";

  /** From so many units on, training looks at memory too. */
  private static final int LARGE = 512;

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
   * Whether oneDNN computes all of the cell, or only its products with the state.
   *
   * <p>Its gated recurrent units crash in the backward pass now and then, in a matrix product. Its
   * others train some percent faster than ours, but remember three times as much from the forward
   * pass, which in large networks is most of the process's memory. For a single row the weights are
   * best used where they lie, as finding out whether they changed costs as much. And oneDNN gives
   * the memory after the last step of all rows, not after each one's own.
   */
  @Override
  public Method method(CellShape shape, DataType type, Purpose purpose) {
    boolean gru = shape.cell() == Cell.GRU || shape.cell() == Cell.GRU_RESET_AFTER;
    boolean large = shape.hidden() >= LARGE;
    boolean products =
        purpose.memories() || (purpose.training() ? gru || large : purpose.singleRow());
    return products
        ? new Bfloat16Kernel.OnlyProducts(shape, Operands.FLOAT)
        : new WholeCell(shape, Operands.FLOAT);
  }

  record WholeCell(CellShape shape, Operands operands) implements Method {
    @Override
    public Weights weights() {
      return new OneDnnWeights(shape);
    }

    @Override
    public Pass pass() {
      return new OneDnnPass(shape, operands);
    }
  }

  @Override
  public String toString() {
    dnnl_version_t version = dnnl.dnnl_version();
    return "oneDNN " + version.major() + "." + version.minor() + "." + version.patch();
  }
}
