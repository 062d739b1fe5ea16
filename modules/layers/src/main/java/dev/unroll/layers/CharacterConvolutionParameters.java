package dev.unroll.layers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Where the parameters of {@link CharacterConvolution} lie in its flat row: {@code C}, {@code W},
 * {@code b}, each row by row.
 */
final class CharacterConvolutionParameters implements ParamInitializer {
  static final CharacterConvolutionParameters INSTANCE = new CharacterConvolutionParameters();
  static final String CHARACTERS = "C";
  static final String FILTERS = "W";
  static final String BIAS = "b";

  private CharacterConvolutionParameters() {}

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    CharacterConvolution convolution = (CharacterConvolution) layer;
    long dimensions = convolution.dimensions();
    return convolution.getNIn() * dimensions
        + (convolution.window() * dimensions + 1) * convolution.getNOut();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return List.of(CHARACTERS, FILTERS, BIAS);
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return List.of(CHARACTERS, FILTERS);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return List.of(BIAS);
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return weightKeys(layer).contains(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return biasKeys(layer).contains(key);
  }

  /** Characters start as words do in {@link WordEmbedding}, filters as the layer is told. */
  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray flat, boolean initialize) {
    CharacterConvolution convolution = (CharacterConvolution) conf.getLayer();
    Map<String, INDArray> parameters = views(convolution, flat);
    parameters.keySet().forEach(conf::addVariable);
    if (initialize) {
      flat.assign(0);
      double bound = Math.sqrt(3.0 / convolution.dimensions());
      INDArray characters = parameters.get(CHARACTERS);
      new WeightInitDistribution(new UniformDistribution(-bound, bound))
          .init(1, convolution.dimensions(), characters.shape(), 'c', row(characters));
      INDArray filters = parameters.get(FILTERS);
      convolution
          .getWeightInitFn()
          .init(filters.rows(), filters.columns(), filters.shape(), 'c', row(filters));
    }
    return parameters;
  }

  private static INDArray row(INDArray matrix) {
    return matrix.reshape('c', 1, matrix.length());
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray flat) {
    return views((CharacterConvolution) conf.getLayer(), flat);
  }

  private static Map<String, INDArray> views(CharacterConvolution convolution, INDArray flat) {
    INDArray all = flat.reshape(flat.length());
    long dimensions = convolution.dimensions();
    long filters = convolution.getNOut();
    Map<String, INDArray> views = new LinkedHashMap<>();
    long from = view(all, 0, convolution.getNIn(), dimensions, CHARACTERS, views);
    from = view(all, from, convolution.window() * dimensions, filters, FILTERS, views);
    view(all, from, 1, filters, BIAS, views);
    return views;
  }

  private static long view(
      INDArray all, long from, long rows, long columns, String key, Map<String, INDArray> views) {
    long to = from + rows * columns;
    views.put(key, all.get(NDArrayIndex.interval(from, to)).reshape('c', rows, columns));
    return to;
  }
}
