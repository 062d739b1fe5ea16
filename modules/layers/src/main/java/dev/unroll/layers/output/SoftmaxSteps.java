package dev.unroll.layers.output;

import dev.unroll.layers.memory.Gemm;
import dev.unroll.layers.memory.Gemm.Matrix;
import dev.unroll.layers.memory.Slab;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;

/** A linear layer and a softmax for one step at a time. */
public final class SoftmaxSteps implements OutputSteps {
  private final SoftmaxParameters parameters;
  private final Slab z = new Slab(DataType.FLOAT);
  private SoftmaxRows softmax;

  /** These parameters, where they lie. */
  public SoftmaxSteps(SoftmaxParameters parameters) {
    this.parameters = parameters;
  }

  @Override
  public int inputs() {
    return parameters.inputs();
  }

  @Override
  public void begin() {
    softmax = new SoftmaxRows(parameters.biases(), StepLabels.NONE, 0);
  }

  @Override
  public float[] step(FloatPointer x, int rows) {
    int classes = parameters.classes();
    z.reserve((long) rows * classes);
    Gemm.multiplyTransposedRight(
        rows,
        classes,
        inputs(),
        new Matrix(x, 0, inputs()),
        parameters.transposedWeights(),
        new Matrix(z.floats(), 0, classes));
    float[] probabilities = new float[rows * classes];
    z.floats().get(probabilities);
    for (int row = 0; row < rows; row++) {
      softmax.probabilities(probabilities, row * classes, row);
    }
    return probabilities;
  }
}
