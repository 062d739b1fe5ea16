package dev.unroll.layers;

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
 * Where the parameters of {@link Crf} lie in its flat row: {@code W}, {@code b}, {@code T, s, e}.
 */
final class CrfParameters implements ParamInitializer {
  static final CrfParameters INSTANCE = new CrfParameters();
  static final String WEIGHTS = "W";
  static final String BIAS = "b";
  static final String TRANSITIONS = "T";
  static final String STARTS = "s";
  static final String ENDS = "e";

  private CrfParameters() {}

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    Crf crf = (Crf) layer;
    return crf.getNOut() * (crf.getNIn() + crf.getNOut() + 3);
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return List.of(WEIGHTS, BIAS, TRANSITIONS, STARTS, ENDS);
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return List.of(WEIGHTS, TRANSITIONS);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return List.of(BIAS, STARTS, ENDS);
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return weightKeys(layer).contains(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return biasKeys(layer).contains(key);
  }

  /** All but {@code W} start at zero: before anything is learnt no label is preferred. */
  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray flat, boolean initialize) {
    Crf crf = (Crf) conf.getLayer();
    Map<String, INDArray> parameters = views(crf, flat);
    parameters.keySet().forEach(conf::addVariable);
    if (initialize) {
      flat.assign(0);
      INDArray weights = parameters.get(WEIGHTS);
      crf.getWeightInitFn()
          .init(
              crf.getNIn(),
              crf.getNOut(),
              weights.shape(),
              IWeightInit.DEFAULT_WEIGHT_INIT_ORDER,
              weights.reshape('f', 1, weights.length()));
    }
    return parameters;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray flat) {
    return views((Crf) conf.getLayer(), flat);
  }

  private static Map<String, INDArray> views(Crf crf, INDArray flat) {
    INDArray all = flat.reshape(flat.length());
    long labels = crf.getNOut();
    Map<String, INDArray> views = new LinkedHashMap<>();
    long from = view(all, 0, crf.getNIn(), labels, WEIGHTS, views);
    from = view(all, from, 1, labels, BIAS, views);
    from = view(all, from, labels, labels, TRANSITIONS, views);
    from = view(all, from, 1, labels, STARTS, views);
    view(all, from, 1, labels, ENDS, views);
    return views;
  }

  private static long view(
      INDArray all, long from, long rows, long columns, String key, Map<String, INDArray> views) {
    long to = from + rows * columns;
    views.put(key, all.get(NDArrayIndex.interval(from, to)).reshape('f', rows, columns));
    return to;
  }
}
