package dev.unroll.layers.output;

import dev.unroll.layers.forward.ForwardPart;
import dev.unroll.layers.forward.Steps;
import dev.unroll.layers.memory.Gemm.Matrix;
import dev.unroll.layers.memory.Slab;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A linear layer and a softmax of each step in a {@link dev.unroll.layers.forward.ForwardNetwork}:
 * {@code [batch, classes, time]}.
 */
public final class SoftmaxForward implements ForwardPart.Layer {
  private final SoftmaxParameters parameters;
  private final Slab out = new Slab(DataType.FLOAT);
  private LinearSoftmax softmax;

  /** These parameters, where they lie. */
  public SoftmaxForward(SoftmaxParameters parameters) {
    this.parameters = parameters;
    refresh();
  }

  @Override
  public void refresh() {
    softmax =
        new LinearSoftmax(
            parameters.transposedWeights(),
            parameters.inputs(),
            parameters.biases(),
            StepLabels.NONE,
            0);
  }

  @Override
  public Steps read(Steps below) {
    int inputs = parameters.inputs();
    int classes = parameters.classes();
    int rows = below.require(inputs).rows();
    Matrix x = new Matrix(below.values().floats(), 0, inputs);
    Matrix p = new Matrix(out.reserve((long) rows * classes).floats(), 0, classes);
    softmax.probabilities(x, p, rows, row -> row);
    return below.with(out, classes);
  }
}
