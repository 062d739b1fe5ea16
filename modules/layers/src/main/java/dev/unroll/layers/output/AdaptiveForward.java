package dev.unroll.layers.output;

import dev.unroll.layers.forward.ForwardPart;
import dev.unroll.layers.forward.Steps;
import dev.unroll.layers.memory.Gemm.Matrix;
import dev.unroll.layers.memory.Slab;
import org.nd4j.linalg.api.buffer.DataType;

/** {@link AdaptiveSoftmax} in a {@link dev.unroll.layers.forward.ForwardNetwork}. */
final class AdaptiveForward implements ForwardPart.Layer {
  private final AdaptiveShape shape;
  private final FloatAdaptivePass pass;
  private final Slab out = new Slab(DataType.FLOAT);

  AdaptiveForward(AdaptiveShape shape, FloatAdaptivePass pass) {
    this.shape = shape;
    this.pass = pass;
  }

  @Override
  public Steps read(Steps below) {
    int rows = below.require(shape.inputs()).rows();
    Matrix x = new Matrix(below.values().floats(), 0, shape.inputs());
    Matrix p = new Matrix(out.reserve((long) rows * shape.classes()).floats(), 0, shape.classes());
    pass.probabilities(x, rows, p);
    return below.with(out, shape.classes());
  }
}
