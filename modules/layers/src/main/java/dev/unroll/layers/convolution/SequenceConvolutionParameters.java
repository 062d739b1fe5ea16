package dev.unroll.layers.convolution;

import dev.unroll.layers.memory.FlatParameters;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The parameters of {@link SequenceConvolution}: {@code W} and {@code b}, column by column. */
final class SequenceConvolutionParameters extends FlatParameters {
  static final SequenceConvolutionParameters INSTANCE = new SequenceConvolutionParameters();
  static final String FILTERS = "W";
  static final String BIAS = "b";

  private SequenceConvolutionParameters() {
    super('f');
  }

  @Override
  public Map<String, long[]> shapes(Layer layer) {
    SequenceConvolution convolution = (SequenceConvolution) layer;
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put(
        FILTERS, new long[] {convolution.window() * convolution.getNIn(), convolution.getNOut()});
    shapes.put(BIAS, new long[] {1, convolution.getNOut()});
    return shapes;
  }

  @Override
  protected boolean isBias(String key) {
    return key.equals(BIAS);
  }

  @Override
  protected void initialize(Layer layer, Map<String, INDArray> parameters) {
    INDArray filters = parameters.get(FILTERS);
    fill(
        filters,
        ((SequenceConvolution) layer).getWeightInitFn(),
        filters.rows(),
        filters.columns());
    parameters.get(BIAS).assign(0);
  }
}
