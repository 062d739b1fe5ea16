package dev.unroll.layers.forward;

import dev.unroll.layers.memory.FlatParameters;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.Slab;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.util.GraphIndices;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of a network in one block of memory, by names such as {@code recurrent1_fW}: the
 * vertex and the parameter. Each lies as Deeplearning4j lays it into its flat vector, so matrices
 * lie column after column, unless their layer says otherwise.
 */
public final class ParameterTable {
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Supplier<FloatPointer> memory;
  private final long length;

  /** Where a parameter lies: its first value is number {@code first}. */
  private record Place(long[] shape, long first) {}

  private ParameterTable(Map<String, long[]> shapes, Supplier<FloatPointer> memory) {
    long first = 0;
    for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
      places.put(entry.getKey(), new Place(entry.getValue().clone(), first));
      first += FlatParameters.length(entry.getValue());
    }
    this.length = first;
    this.memory = memory;
  }

  /**
   * Room for parameters, which are arbitrary at first.
   *
   * @param shapes by name, in the order in which they lie
   */
  public static ParameterTable create(Map<String, long[]> shapes) {
    Slab values = new Slab(DataType.FLOAT);
    ParameterTable table = new ParameterTable(shapes, values::floats);
    values.reserve(table.length);
    return table;
  }

  /**
   * The parameters of a network, where they lie.
   *
   * @throws IllegalArgumentException if they are not of {@link DataType#FLOAT}
   */
  public static ParameterTable of(ComputationGraph network) {
    DataType type = network.getConfiguration().getDataType();
    if (type != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "a forward pass alone is computed in FLOAT, and the network is of " + type);
    }
    Map<String, long[]> shapes = shapes(network.getConfiguration());
    INDArray all = network.params();
    ParameterTable table = new ParameterTable(shapes, () -> NativeMemory.floats(all));
    table.places.forEach(
        (name, place) -> {
          long address = NativeMemory.address(network.getParam(name));
          if (address != NativeMemory.address(all) + place.first * Float.BYTES) {
            throw new IllegalArgumentException(
                "parameter \"%s\" does not lie in its place".formatted(name));
          }
        });
    return table;
  }

  /**
   * The shapes of the parameters of a network, by name, in the order in which Deeplearning4j lays
   * them into its flat vector: vertex after vertex, each behind those that it reads.
   *
   * @throws IllegalArgumentException if it has a layer whose parameters are not known
   */
  public static Map<String, long[]> shapes(ComputationGraphConfiguration configuration) {
    GraphIndices indices = new ComputationGraph(configuration).calculateIndices();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (int index : indices.getTopologicalSortOrder()) {
      String name = indices.getIdxToName().get(index);
      if (configuration.getVertices().get(name) instanceof LayerVertex vertex) {
        Layer layer = vertex.getLayerConf().getLayer();
        shapesOf(layer).forEach((key, shape) -> shapes.put(name + "_" + key, shape));
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

  /**
   * Copies the parameters of this table from another, which may have more.
   *
   * @throws IllegalArgumentException if the other lacks one, or has it in another shape
   */
  public void take(ParameterTable other) {
    places.forEach(
        (name, place) ->
            Pointer.memcpy(
                values(name, place.shape),
                other.values(name, place.shape),
                FlatParameters.length(place.shape) * Float.BYTES));
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
    return memory.get();
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
    return Slab.part(values(), place.first, FlatParameters.length(shape));
  }
}
