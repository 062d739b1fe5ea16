package dev.unroll.layers.output;

import dev.unroll.layers.forward.LayerParameters;
import dev.unroll.layers.memory.FlatParameters;
import dev.unroll.layers.memory.NativeMemory;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Those of {@link AdaptiveSoftmax}, column by column, so that the values of a class lie side by
 * side.
 */
final class AdaptiveParameters extends FlatParameters {
  static final AdaptiveParameters INSTANCE = new AdaptiveParameters();

  /** Of the head. */
  static final String WEIGHTS = "W";

  static final String BIAS = "b";

  private AdaptiveParameters() {
    super('f');
  }

  /** Projects a state for a tail. */
  static String projection(int tail) {
    return "P" + (tail + 1);
  }

  /** Weights of the classes of a tail. */
  static String weights(int tail) {
    return WEIGHTS + (tail + 1);
  }

  /** Biases of the classes of a tail. */
  static String bias(int tail) {
    return BIAS + (tail + 1);
  }

  /** Where they lie, by name. */
  static Map<String, FloatPointer> pointers(AdaptiveShape shape, LayerParameters parameters) {
    Map<String, FloatPointer> pointers = new HashMap<>();
    shapes(shape).forEach((name, sizes) -> pointers.put(name, parameters.get(name, sizes)));
    return pointers;
  }

  /** The same of a layer of Deeplearning4j's network. */
  static Map<String, FloatPointer> pointers(Map<String, INDArray> arrays) {
    Map<String, FloatPointer> pointers = new HashMap<>();
    arrays.forEach((name, array) -> pointers.put(name, NativeMemory.floats(array)));
    return pointers;
  }

  @Override
  public Map<String, long[]> shapes(Layer layer) {
    return shapes(((AdaptiveSoftmax) layer).shape());
  }

  private static Map<String, long[]> shapes(AdaptiveShape shape) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put(WEIGHTS, new long[] {shape.inputs(), shape.head()});
    shapes.put(BIAS, new long[] {shape.head()});
    for (int tail = 0; tail < shape.tails(); tail++) {
      shapes.put(projection(tail), new long[] {shape.inputs(), shape.width(tail)});
      shapes.put(weights(tail), new long[] {shape.width(tail), shape.size(tail)});
      shapes.put(bias(tail), new long[] {shape.size(tail)});
    }
    return shapes;
  }

  @Override
  protected boolean isBias(String key) {
    return key.startsWith(BIAS);
  }

  @Override
  protected void initialize(Layer layer, Map<String, INDArray> parameters) {
    AdaptiveSoftmax softmax = (AdaptiveSoftmax) layer;
    parameters.forEach(
        (name, array) -> {
          if (isBias(name)) {
            array.assign(softmax.getBiasInit());
          } else {
            fill(array, softmax.getWeightInitFn(), array.rows(), array.columns());
          }
        });
  }
}
