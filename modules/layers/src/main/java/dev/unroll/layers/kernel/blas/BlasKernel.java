package dev.unroll.layers.kernel.blas;

import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.Pass;
import dev.unroll.layers.kernel.RecurrentKernel;
import dev.unroll.layers.memory.Address;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.api.buffer.DataType;

/** Computes matrix products with OpenBLAS, which ND4J brings, and the rest in Java. */
public final class BlasKernel implements RecurrentKernel {
  /** The name by which a user picks it. */
  public static final String NAME = "openblas";

  /**
   * Loads the library.
   *
   * @throws UnsatisfiedLinkError if there is none for this system
   */
  BlasKernel() {
    openblas_nolapack.blas_get_vendor();
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
    return new InPlace(shape);
  }

  /** With the weights where they lie. */
  private record InPlace(CellShape shape) implements Method {
    @Override
    public Weights weights() {
      return new BlasWeights(shape);
    }

    @Override
    public Pass pass() {
      return BlasKernel.pass(shape, new BlasProducts(shape));
    }
  }

  /** A pass whose products are computed by {@code products}. */
  public static Pass pass(CellShape shape, CellProducts products) {
    return switch (shape.cell()) {
      case TANH -> new BlasTanh(shape, products);
      case LSTM -> new BlasLstm(shape, products);
      case GRU, GRU_RESET_AFTER -> new BlasGru(shape, products);
    };
  }

  @Override
  public String toString() {
    return "OpenBLAS and Java";
  }

  /** The parameters where they lie; only the bias is used in Java. */
  public static class BlasWeights implements Weights {
    final float[] bias;
    FloatPointer input;
    FloatPointer recurrent;
    private final int hidden;

    /** Room for the parameters of a direction. */
    public BlasWeights(CellShape shape) {
      hidden = shape.hidden();
      bias = new float[shape.biases()];
    }

    @Override
    public void load(Pointer newInput, Pointer newRecurrent, Pointer newBias) {
      input = new FloatPointer(newInput);
      recurrent = new FloatPointer(newRecurrent);
      new FloatPointer(newBias).get(bias);
    }

    /** {@code Wᵀ [gates x hidden, inputs]}, row after row. */
    public final FloatPointer input() {
      return input;
    }

    /** The rows of {@code Rᵀ} that belong to the gates from this one on. */
    public final Address recurrentOf(int gate) {
      return new Address().at(recurrent.address() + 4L * gate * hidden * hidden);
    }
  }
}
