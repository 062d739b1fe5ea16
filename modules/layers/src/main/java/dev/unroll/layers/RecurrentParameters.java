package dev.unroll.layers;

import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import java.util.ArrayList;
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
 * Where the parameters of a recurrent layer lie in its flat row: {@code W}, {@code RW}, {@code b};
 * with two directions those of the forward one, then those of the backward one.
 */
final class RecurrentParameters implements ParamInitializer {
  static final String INPUT = "W";
  static final String RECURRENT = "RW";
  static final String BIAS = "b";
  static final String FORWARD = "f";
  static final String BACKWARD = "b";

  private final List<String> prefixes;

  private RecurrentParameters(List<String> prefixes) {
    this.prefixes = prefixes;
  }

  static RecurrentParameters of(Recurrent layer) {
    return new RecurrentParameters(prefixes(layer));
  }

  /** One prefix a direction. */
  static List<String> prefixes(Recurrent layer) {
    return layer.directions() == null ? List.of("") : List.of(FORWARD, BACKWARD);
  }

  @Override
  public long numParams(NeuralNetConfiguration configuration) {
    return numParams(configuration.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    CellShape shape = ((Recurrent) layer).shape();
    return prefixes.size()
        * ((long) shape.inputWeights() + shape.recurrentWeights() + shape.biases());
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return keys(INPUT, RECURRENT, BIAS);
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return keys(INPUT, RECURRENT);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return keys(BIAS);
  }

  private List<String> keys(String... names) {
    List<String> keys = new ArrayList<>();
    for (String prefix : prefixes) {
      for (String name : names) {
        keys.add(prefix + name);
      }
    }
    return keys;
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return weightKeys(layer).contains(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return biasKeys(layer).contains(key);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration configuration, INDArray flat, boolean initialize) {
    Recurrent layer = (Recurrent) configuration.getLayer();
    Map<String, INDArray> parameters = views(layer, flat);
    parameters.keySet().forEach(configuration::addVariable);
    if (initialize) {
      for (String prefix : prefixes) {
        initialize(layer, prefix, parameters);
      }
    }
    return Collections.synchronizedMap(parameters);
  }

  private static void initialize(Recurrent layer, String prefix, Map<String, INDArray> parameters) {
    CellShape shape = layer.shape();
    IWeightInit input = layer.getWeightInitFn();
    IWeightInit recurrent =
        layer.getWeightInitFnRecurrent() == null ? input : layer.getWeightInitFnRecurrent();
    // Deeplearning4j's LSTM takes these sizes for both matrices; the same seed gives the same
    // network.
    boolean lstm = shape.cell() == Cell.LSTM;
    int fanIn = lstm ? shape.hidden() : shape.inputs();
    int fanOut = lstm ? shape.inputs() + shape.hidden() : shape.hidden();
    int fanInRecurrent = shape.hidden();
    int fanOutRecurrent = lstm ? fanOut : shape.hidden();
    initialize(input, fanIn, fanOut, parameters.get(prefix + INPUT));
    initialize(recurrent, fanInRecurrent, fanOutRecurrent, parameters.get(prefix + RECURRENT));
    INDArray bias = parameters.get(prefix + BIAS);
    for (int block = 0; block < shape.cell().biases(); block++) {
      bias.get(NDArrayIndex.interval(block * shape.hidden(), (block + 1) * shape.hidden()))
          .assign(layer.initialBias(block));
    }
  }

  private static void initialize(IWeightInit function, int fanIn, int fanOut, INDArray matrix) {
    INDArray flat = matrix.reshape('f', 1, matrix.length());
    function.init(fanIn, fanOut, matrix.shape(), IWeightInit.DEFAULT_WEIGHT_INIT_ORDER, flat);
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration configuration, INDArray flat) {
    return views((Recurrent) configuration.getLayer(), flat);
  }

  private Map<String, INDArray> views(Recurrent layer, INDArray flat) {
    if (flat.length() != numParams(layer)) {
      throw new IllegalArgumentException(
          "expected " + numParams(layer) + " parameters, got " + flat.length());
    }
    CellShape shape = layer.shape();
    int columns = shape.cell().gates() * shape.hidden();
    INDArray all = flat.reshape(flat.length());
    Map<String, INDArray> views = new LinkedHashMap<>();
    long from = 0;
    for (String prefix : prefixes) {
      from = view(all, from, prefix + INPUT, views, shape.inputs(), columns);
      from = view(all, from, prefix + RECURRENT, views, shape.hidden(), columns);
      from = view(all, from, prefix + BIAS, views, shape.biases());
    }
    return views;
  }

  private static long view(
      INDArray all, long from, String key, Map<String, INDArray> views, long... shape) {
    long to = from + Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    views.put(key, all.get(NDArrayIndex.interval(from, to)).reshape('f', shape));
    return to;
  }
}
