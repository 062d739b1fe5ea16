package dev.unroll.layers.output;

import dev.unroll.layers.memory.Gemm.Matrix;
import dev.unroll.layers.memory.Slab;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;

/** {@link AdaptiveSoftmax} for one step at a time. */
final class AdaptiveSteps implements OutputSteps {
  private final AdaptiveShape shape;
  private final FloatAdaptivePass pass;
  private final Slab probabilities = new Slab(DataType.FLOAT);

  AdaptiveSteps(AdaptiveShape shape, FloatAdaptivePass pass) {
    this.shape = shape;
    this.pass = pass;
  }

  @Override
  public int inputs() {
    return shape.inputs();
  }

  /** Nothing to do: the parameters are looked at where they lie. */
  @Override
  public void begin() {}

  @Override
  public float[] step(FloatPointer x, int rows) {
    float[] values = new float[rows * shape.classes()];
    probabilities.reserve(values.length);
    Matrix p = new Matrix(probabilities.floats(), 0, shape.classes());
    pass.probabilities(new Matrix(x, 0, shape.inputs()), rows, p);
    probabilities.floats().get(values);
    return values;
  }
}
