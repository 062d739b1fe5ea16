package dev.unroll.layers.crf;

import dev.unroll.layers.memory.FlatParameters;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of {@link Crf}: {@code W}, {@code b}, {@code T, s, e}, and {@code a, c} of a
 * hybrid one.
 */
final class CrfParameters extends FlatParameters {
  static final CrfParameters INSTANCE = new CrfParameters();
  static final String WEIGHTS = "W";
  static final String BIAS = "b";
  static final String TRANSITIONS = "T";
  static final String STARTS = "s";
  static final String ENDS = "e";
  static final String SCALES = "a";
  static final String OFFSETS = "c";

  /**
   * Neighbouring steps mostly say the same thing twice, so what each says counts for less than it
   * would alone.
   */
  private static final double FIRST_SCALE = 0.1;

  private CrfParameters() {
    super('f');
  }

  @Override
  public Map<String, long[]> shapes(Layer layer) {
    Crf crf = (Crf) layer;
    long labels = crf.getNOut();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put(WEIGHTS, new long[] {crf.getNIn(), labels});
    shapes.put(BIAS, new long[] {1, labels});
    shapes.put(TRANSITIONS, new long[] {labels, labels});
    shapes.put(STARTS, new long[] {1, labels});
    shapes.put(ENDS, new long[] {1, labels});
    if (crf.isHybrid()) {
      shapes.put(SCALES, new long[] {1, labels});
      shapes.put(OFFSETS, new long[] {1, labels});
    }
    return shapes;
  }

  @Override
  protected boolean isBias(String key) {
    return !key.equals(WEIGHTS) && !key.equals(TRANSITIONS);
  }

  /**
   * All but {@code W} and {@code a} start at zero: before anything is learnt no label is preferred.
   */
  @Override
  protected void initialize(Layer layer, Map<String, INDArray> parameters) {
    Crf crf = (Crf) layer;
    parameters.values().forEach(parameter -> parameter.assign(0));
    if (crf.isHybrid()) {
      parameters.get(SCALES).assign(FIRST_SCALE);
    }
    fill(parameters.get(WEIGHTS), crf.getWeightInitFn(), crf.getNIn(), crf.getNOut());
  }
}
