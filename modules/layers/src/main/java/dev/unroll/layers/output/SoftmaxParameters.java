package dev.unroll.layers.output;

import dev.unroll.layers.forward.LayerParameters;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;

/**
 * The parameters of a linear layer under a softmax, where they lie.
 *
 * @param transposedWeights {@code W [inputs, classes]}, column after column
 * @param bias {@code [classes]}
 */
public record SoftmaxParameters(
    FloatPointer transposedWeights, FloatPointer bias, int inputs, int classes) {

  /** The parameters {@code W} and {@code b} of a layer. */
  public static SoftmaxParameters of(FeedForwardLayer layer, LayerParameters parameters) {
    return with(
        layer,
        parameters.get(DefaultParamInitializer.WEIGHT_KEY, layer.getNIn(), layer.getNOut()),
        parameters);
  }

  /** The bias of a layer, and weights that are not its own. */
  public static SoftmaxParameters with(
      FeedForwardLayer layer, FloatPointer transposedWeights, LayerParameters parameters) {
    return new SoftmaxParameters(
        transposedWeights,
        parameters.get(DefaultParamInitializer.BIAS_KEY, layer.getNOut()),
        Math.toIntExact(layer.getNIn()),
        Math.toIntExact(layer.getNOut()));
  }

  /** The biases as they are now. */
  float[] biases() {
    float[] biases = new float[classes];
    bias.get(biases);
    return biases;
  }
}
