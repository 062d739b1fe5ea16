package dev.unroll.layers.kernel;

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
  public Weights weights(CellShape shape, DataType type) {
    return new BlasWeights(shape);
  }

  @Override
  public Pass pass(CellShape shape, DataType type) {
    return switch (shape.cell()) {
      case TANH -> new BlasTanh(shape);
      case LSTM -> new BlasLstm(shape);
      case GRU, GRU_RESET_AFTER -> new BlasGru(shape);
    };
  }

  @Override
  public String toString() {
    return "OpenBLAS and Java";
  }

  /** The parameters where they lie; only the bias is used in Java. */
  static final class BlasWeights implements Weights {
    final float[] bias;
    FloatPointer input;
    FloatPointer recurrent;

    BlasWeights(CellShape shape) {
      bias = new float[shape.biases()];
    }

    @Override
    public void load(Pointer newInput, Pointer newRecurrent, Pointer newBias) {
      input = new FloatPointer(newInput);
      recurrent = new FloatPointer(newRecurrent);
      new FloatPointer(newBias).get(bias);
    }
  }
}
