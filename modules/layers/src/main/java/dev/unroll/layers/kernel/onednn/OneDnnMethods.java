package dev.unroll.layers.kernel.onednn;

import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.Pass;
import dev.unroll.layers.kernel.RecurrentKernel.Method;
import dev.unroll.layers.kernel.RecurrentKernel.Purpose;
import dev.unroll.layers.kernel.RecurrentKernel.Weights;
import dev.unroll.layers.kernel.blas.BlasKernel;

/** The ways in which oneDNN computes a cell. */
final class OneDnnMethods {
  /** From so many units on, training looks at memory too. */
  private static final int LARGE = 512;

  private OneDnnMethods() {}

  /**
   * Whether oneDNN computes all of the cell, or only its products with the state; in floats.
   *
   * <p>Its gated recurrent units crash in the backward pass now and then, in a matrix product. Its
   * others train some percent faster than ours, but remember three times as much from the forward
   * pass, which in large networks is most of the process's memory. For a single row the weights are
   * best used where they lie, as finding out whether they changed costs as much. And oneDNN gives
   * the memory after the last step of all rows, not after each one's own.
   */
  static Method floats(CellShape shape, Purpose purpose) {
    boolean gru = shape.cell() == Cell.GRU || shape.cell() == Cell.GRU_RESET_AFTER;
    boolean large = shape.hidden() >= LARGE;
    boolean products =
        purpose.memories() || (purpose.training() ? gru || large : purpose.singleRow());
    return products
        ? new Products(shape, Operands.FLOAT, purpose.constant())
        : new WholeCell(shape, Operands.FLOAT);
  }

  /** oneDNN's own cell. */
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

  /**
   * The cells of {@link BlasKernel} with oneDNN's products.
   *
   * @param constant whether the parameters stay as they are
   */
  record Products(CellShape shape, Operands operands, boolean constant) implements Method {
    @Override
    public Weights weights() {
      return new PackedWeights(shape);
    }

    @Override
    public Pass pass() {
      return BlasKernel.pass(shape, new PackedProducts(shape, operands, constant));
    }
  }
}
