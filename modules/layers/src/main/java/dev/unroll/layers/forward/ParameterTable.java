package dev.unroll.layers.forward;

import dev.unroll.layers.memory.FlatParameters;
import dev.unroll.layers.memory.Slab;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The parameters of a network in one block of memory, by names such as {@code recurrent1_fW}: the
 * vertex and the parameter. Each lies as Deeplearning4j lays it into its flat vector, so matrices
 * lie column after column, unless their layer says otherwise.
 */
public final class ParameterTable {
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Slab values = new Slab(DataType.FLOAT);
  private long length;

  private record Place(long[] shape, long first) {}

  /**
   * Room for parameters, which are arbitrary at first.
   *
   * @param shapes by name, in the order in which they lie
   */
  public ParameterTable(Map<String, long[]> shapes) {
    shapes.forEach(
        (name, shape) -> {
          places.put(name, new Place(shape.clone(), length));
          length += length(shape);
        });
    values.reserve(length);
  }

  /**
   * The shapes of the parameters of a network, by name, vertex after vertex as the configuration
   * names them; Deeplearning4j may order the vertices otherwise.
   *
   * @throws IllegalArgumentException if it has a layer whose parameters are not known
   */
  public static Map<String, long[]> shapes(ComputationGraphConfiguration configuration) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (Map.Entry<String, GraphVertex> entry : configuration.getVertices().entrySet()) {
      if (entry.getValue() instanceof LayerVertex vertex) {
        Layer layer = vertex.getLayerConf().getLayer();
        shapesOf(layer).forEach((key, shape) -> shapes.put(entry.getKey() + "_" + key, shape));
      }
    }
    return shapes;
  }

  private static Map<String, long[]> shapesOf(Layer layer) {
    ParamInitializer initializer = layer.initializer();
    if (initializer.numParams(layer) == 0) {
      return Map.of();
    }
    if (initializer instanceof FlatParameters parameters) {
      return parameters.shapes(layer);
    }
    if (initializer instanceof DefaultParamInitializer && layer instanceof FeedForwardLayer sized) {
      Map<String, long[]> shapes = new LinkedHashMap<>();
      for (String key : initializer.paramKeys(layer)) {
        shapes.put(
            key,
            initializer.isBiasParam(layer, key)
                ? new long[] {sized.getNOut()}
                : new long[] {sized.getNIn(), sized.getNOut()});
      }
      return shapes;
    }
    throw new IllegalArgumentException(
        "where the parameters of %s lie is not known".formatted(layer.getClass().getSimpleName()));
  }

  /** The names and shapes, in the order in which the parameters lie. */
  public Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    places.forEach((name, place) -> shapes.put(name, place.shape.clone()));
    return shapes;
  }

  /** The number of values of all parameters. */
  public long length() {
    return length;
  }

  /** All values, one parameter after the other; keeps this. */
  public FloatPointer values() {
    return values.floats();
  }

  /**
   * The values of a parameter; keeps this.
   *
   * @param shape what it must have
   * @throws IllegalArgumentException if there is none of that name, or it has another shape
   */
  public FloatPointer values(String name, long... shape) {
    Place place = places.get(name);
    if (place == null || !Arrays.equals(place.shape, shape)) {
      throw new IllegalArgumentException(
          "expected a parameter \"%s\" %s, got %s"
              .formatted(
                  name,
                  Arrays.toString(shape),
                  place == null ? "none" : Arrays.toString(place.shape)));
    }
    return values.floats(place.first, length(shape));
  }

  /** Copies the first values of {@code from} to a parameter. */
  public void set(String name, float[] from) {
    Place place = places.get(name);
    values(name, place.shape).put(from, 0, Math.toIntExact(length(place.shape)));
    Reference.reachabilityFence(this);
  }

  private static long length(long[] shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }
}
