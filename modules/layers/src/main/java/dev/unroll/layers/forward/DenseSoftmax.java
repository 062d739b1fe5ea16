package dev.unroll.layers.forward;

import dev.unroll.layers.memory.Gemm;
import dev.unroll.layers.memory.Slab;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A linear layer and softmax, {@code softmax(x W + b)}: Deeplearning4j's output layer.
 *
 * @param transposedWeights {@code Wᵀ [classes, inputs]}, row after row
 * @param bias {@code [classes]}
 */
record DenseSoftmax(
    FloatPointer transposedWeights, float[] bias, int inputs, Slab logits, Slab probabilities)
    implements ForwardPart {

  static DenseSoftmax of(OutputLayer layer, LayerParameters parameters) {
    int inputs = Math.toIntExact(layer.getNIn());
    float[] bias = new float[Math.toIntExact(layer.getNOut())];
    if (layer.hasBias()) {
      parameters.get(DefaultParamInitializer.BIAS_KEY, bias.length).get(bias);
    }
    return new DenseSoftmax(
        parameters.get(DefaultParamInitializer.WEIGHT_KEY, inputs, bias.length),
        bias,
        inputs,
        new Slab(DataType.FLOAT),
        new Slab(DataType.FLOAT));
  }

  @Override
  public Steps read(Steps below) {
    int rows = below.require(inputs).rows();
    int classes = bias.length;
    float[] z = new float[rows * classes];
    logits.reserve(z.length);
    Gemm.multiplyTransposedRight(
        rows,
        classes,
        inputs,
        new Gemm.Matrix(below.values().floats(), 0, inputs),
        transposedWeights,
        new Gemm.Matrix(logits.floats(), 0, classes));
    logits.floats().get(z);
    for (int row = 0; row < rows; row++) {
      softmax(z, row * classes);
    }
    probabilities.reserve(z.length).floats().put(z);
    return below.with(probabilities, classes);
  }

  /** Subtracts the largest first, so that nothing overflows. */
  private void softmax(float[] z, int from) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int k = 0; k < bias.length; k++) {
      z[from + k] += bias[k];
      largest = Math.max(largest, z[from + k]);
    }
    double sum = 0;
    for (int k = 0; k < bias.length; k++) {
      sum += Math.exp(z[from + k] - largest);
    }
    for (int k = 0; k < bias.length; k++) {
      z[from + k] = (float) (Math.exp(z[from + k] - largest) / sum);
    }
  }
}
