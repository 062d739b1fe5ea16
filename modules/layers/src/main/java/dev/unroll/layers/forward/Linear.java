package dev.unroll.layers.forward;

import dev.unroll.layers.memory.Gemm;
import dev.unroll.layers.memory.Slab;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.buffer.DataType;

/** A linear map of each step, {@code x W + b}. */
public final class Linear implements ForwardPart.Layer {
  private final FloatPointer transposedWeights;
  private final FloatPointer biasThere;
  private final float[] bias;
  private final int inputs;
  private final Slab out = new Slab(DataType.FLOAT);

  /**
   * A map.
   *
   * @param weights {@code W [inputs, outputs]}, column after column
   * @param bias {@code [outputs]}; null for none
   */
  public Linear(FloatPointer weights, FloatPointer bias, int inputs, int outputs) {
    this.transposedWeights = weights;
    this.biasThere = bias;
    this.bias = new float[outputs];
    this.inputs = inputs;
    refresh();
  }

  /** With the parameters {@code W} and {@code b} of one of Deeplearning4j's layers. */
  public static Linear of(FeedForwardLayer layer, boolean hasBias, LayerParameters parameters) {
    int inputs = Math.toIntExact(layer.getNIn());
    int outputs = Math.toIntExact(layer.getNOut());
    return new Linear(
        parameters.get(DefaultParamInitializer.WEIGHT_KEY, inputs, outputs),
        hasBias ? parameters.get(DefaultParamInitializer.BIAS_KEY, outputs) : null,
        inputs,
        outputs);
  }

  @Override
  public void refresh() {
    if (biasThere != null) {
      biasThere.get(bias);
    }
  }

  /** How many values it gives a step. */
  int outputs() {
    return bias.length;
  }

  @Override
  public Steps read(Steps below) {
    float[] y = values(below);
    out.floats().put(y);
    return below.with(out, bias.length);
  }

  /** The values of all steps, {@code [rows, outputs]}, in an array of the caller's. */
  float[] values(Steps below) {
    int rows = below.require(inputs).rows();
    int outputs = bias.length;
    float[] y = new float[Math.multiplyExact(rows, outputs)];
    out.reserve(y.length);
    Gemm.multiplyTransposedRight(
        rows,
        outputs,
        inputs,
        new Gemm.Matrix(below.values().floats(), 0, inputs),
        transposedWeights,
        new Gemm.Matrix(out.floats(), 0, outputs));
    out.floats().get(y);
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < outputs; k++) {
        y[row * outputs + k] += bias[k];
      }
    }
    return y;
  }
}
