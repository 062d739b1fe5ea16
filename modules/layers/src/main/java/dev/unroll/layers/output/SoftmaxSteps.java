package dev.unroll.layers.output;

import dev.unroll.layers.memory.Gemm;
import dev.unroll.layers.memory.Gemm.Matrix;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.Slab;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A linear layer and a softmax for one step at a time. */
public final class SoftmaxSteps implements OutputSteps {
  private final FloatPointer transposedWeights;
  private final INDArray biases;
  private final int inputs;
  private final int classes;
  private final Slab z = new Slab(DataType.FLOAT);
  private SoftmaxRows softmax;

  /**
   * These parameters, where they lie.
   *
   * @param weights {@code [inputs, classes]}, column after column
   * @param biases {@code [classes]}
   */
  public SoftmaxSteps(INDArray weights, INDArray biases) {
    transposedWeights = NativeMemory.floats(weights);
    this.biases = biases;
    inputs = weights.rows();
    classes = weights.columns();
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public void begin() {
    float[] bias = new float[classes];
    NativeMemory.read(biases, bias, classes);
    softmax = new SoftmaxRows(bias, StepLabels.NONE, 0);
  }

  @Override
  public float[] step(FloatPointer x, int rows) {
    z.reserve((long) rows * classes);
    Gemm.multiplyTransposedRight(
        rows,
        classes,
        inputs,
        new Matrix(x, 0, inputs),
        transposedWeights,
        new Matrix(z.floats(), 0, classes));
    float[] probabilities = new float[rows * classes];
    z.floats().get(probabilities);
    for (int row = 0; row < rows; row++) {
      softmax.probabilities(probabilities, row * classes, row);
    }
    return probabilities;
  }
}
