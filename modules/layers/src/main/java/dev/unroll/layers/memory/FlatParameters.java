package dev.unroll.layers.memory;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Where the parameters of a layer lie in its flat row, one after the other, and what they begin
 * with.
 */
public abstract class FlatParameters implements ParamInitializer {
  private final char order;

  /**
   * @param order how a matrix lies in memory: {@code 'c'} row after row, {@code 'f'} column after
   *     column
   */
  protected FlatParameters(char order) {
    this.order = order;
  }

  /** The shapes of the parameters by their names, in the order in which they lie. */
  public abstract Map<String, long[]> shapes(Layer layer);

  /** Whether a parameter is a bias, rather than a weight. */
  protected abstract boolean isBias(String key);

  /** Fills the parameters, which are arbitrary before. */
  protected abstract void initialize(Layer layer, Map<String, INDArray> parameters);

  /** Fills a matrix by a function that is told how many values go in and come out. */
  protected final void fill(INDArray matrix, IWeightInit function, long in, long out) {
    INDArray row = matrix.reshape(order, 1, matrix.length());
    function.init(in, out, matrix.shape(), order, row);
  }

  @Override
  public final long numParams(NeuralNetConfiguration configuration) {
    return numParams(configuration.getLayer());
  }

  @Override
  public final long numParams(Layer layer) {
    return shapes(layer).values().stream().mapToLong(FlatParameters::length).sum();
  }

  @Override
  public final List<String> paramKeys(Layer layer) {
    return List.copyOf(shapes(layer).keySet());
  }

  @Override
  public final List<String> weightKeys(Layer layer) {
    return paramKeys(layer).stream().filter(key -> !isBias(key)).toList();
  }

  @Override
  public final List<String> biasKeys(Layer layer) {
    return paramKeys(layer).stream().filter(this::isBias).toList();
  }

  @Override
  public final boolean isWeightParam(Layer layer, String key) {
    return weightKeys(layer).contains(key);
  }

  @Override
  public final boolean isBiasParam(Layer layer, String key) {
    return biasKeys(layer).contains(key);
  }

  @Override
  public final Map<String, INDArray> init(
      NeuralNetConfiguration configuration, INDArray flat, boolean initialize) {
    Map<String, INDArray> parameters = views(configuration.getLayer(), flat);
    parameters.keySet().forEach(configuration::addVariable);
    if (initialize) {
      initialize(configuration.getLayer(), parameters);
    }
    return Collections.synchronizedMap(parameters);
  }

  @Override
  public final Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration configuration, INDArray flat) {
    return views(configuration.getLayer(), flat);
  }

  private Map<String, INDArray> views(Layer layer, INDArray flat) {
    if (flat.length() != numParams(layer)) {
      throw new IllegalArgumentException(
          "expected " + numParams(layer) + " parameters, got " + flat.length());
    }
    INDArray all = flat.reshape(flat.length());
    Map<String, INDArray> views = new LinkedHashMap<>();
    long from = 0;
    for (Map.Entry<String, long[]> entry : shapes(layer).entrySet()) {
      long to = from + length(entry.getValue());
      INDArray part = all.get(NDArrayIndex.interval(from, to));
      views.put(entry.getKey(), part.reshape(order, entry.getValue()));
      from = to;
    }
    return views;
  }

  /** The number of values of an array of this shape. */
  public static long length(long[] shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }
}
