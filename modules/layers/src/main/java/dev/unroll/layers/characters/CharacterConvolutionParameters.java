package dev.unroll.layers.characters;

import dev.unroll.layers.memory.FlatParameters;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The parameters of {@link CharacterConvolution}: {@code C}, {@code W}, {@code b}, row by row. */
final class CharacterConvolutionParameters extends FlatParameters {
  static final CharacterConvolutionParameters INSTANCE = new CharacterConvolutionParameters();
  static final String CHARACTERS = "C";
  static final String FILTERS = "W";
  static final String BIAS = "b";

  private CharacterConvolutionParameters() {
    super('c');
  }

  @Override
  public Map<String, long[]> shapes(Layer layer) {
    CharacterConvolution convolution = (CharacterConvolution) layer;
    long dimensions = convolution.dimensions();
    long filters = convolution.getNOut();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put(CHARACTERS, new long[] {convolution.getNIn(), dimensions});
    shapes.put(FILTERS, new long[] {convolution.window() * dimensions, filters});
    shapes.put(BIAS, new long[] {1, filters});
    return shapes;
  }

  @Override
  protected boolean isBias(String key) {
    return key.equals(BIAS);
  }

  /** Characters start as words do in {@code WordEmbedding}, filters as the layer is told. */
  @Override
  protected void initialize(Layer layer, Map<String, INDArray> parameters) {
    CharacterConvolution convolution = (CharacterConvolution) layer;
    double bound = Math.sqrt(3.0 / convolution.dimensions());
    fill(
        parameters.get(CHARACTERS),
        new WeightInitDistribution(new UniformDistribution(-bound, bound)),
        1,
        convolution.dimensions());
    INDArray filters = parameters.get(FILTERS);
    fill(filters, convolution.getWeightInitFn(), filters.rows(), filters.columns());
    parameters.get(BIAS).assign(0);
  }
}
