package dev.unroll.layers;

import dev.unroll.layers.forward.LayerParameters;
import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.Parameters;
import dev.unroll.layers.memory.FlatParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The parameters of a recurrent layer: {@code W}, {@code RW}, {@code b}; with two directions those
 * of the forward one, then those of the backward one.
 */
final class RecurrentParameters extends FlatParameters {
  static final String INPUT = "W";
  static final String RECURRENT = "RW";
  static final String BIAS = "b";
  static final String FORWARD = "f";
  static final String BACKWARD = "b";

  private final List<String> prefixes;

  private RecurrentParameters(List<String> prefixes) {
    super('f');
    this.prefixes = prefixes;
  }

  static RecurrentParameters of(Recurrent layer) {
    return new RecurrentParameters(prefixes(layer));
  }

  /** One prefix a direction. */
  static List<String> prefixes(Recurrent layer) {
    return layer.directions() == 1 ? List.of("") : List.of(FORWARD, BACKWARD);
  }

  /**
   * Where parameters lie, or derivatives of them, one entry a direction; {@code arrays} by name.
   */
  static List<Parameters> pointers(Recurrent layer, Function<String, INDArray> arrays) {
    return prefixes(layer).stream()
        .map(
            prefix ->
                Parameters.in(
                    arrays.apply(prefix + INPUT),
                    arrays.apply(prefix + RECURRENT),
                    arrays.apply(prefix + BIAS)))
        .toList();
  }

  /** The same for a forward pass alone. */
  static List<Parameters> pointers(Recurrent layer, LayerParameters parameters) {
    CellShape shape = layer.shape();
    long columns = (long) shape.cell().gates() * shape.hidden();
    return prefixes(layer).stream()
        .map(
            prefix ->
                new Parameters(
                    parameters.get(prefix + INPUT, shape.inputs(), columns),
                    parameters.get(prefix + RECURRENT, shape.hidden(), columns),
                    parameters.get(prefix + BIAS, shape.biases())))
        .toList();
  }

  @Override
  public Map<String, long[]> shapes(Layer layer) {
    CellShape shape = ((Recurrent) layer).shape();
    long columns = (long) shape.cell().gates() * shape.hidden();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (String prefix : prefixes) {
      shapes.put(prefix + INPUT, new long[] {shape.inputs(), columns});
      shapes.put(prefix + RECURRENT, new long[] {shape.hidden(), columns});
      shapes.put(prefix + BIAS, new long[] {shape.biases()});
    }
    return shapes;
  }

  @Override
  protected boolean isBias(String key) {
    return prefixes.stream().anyMatch(prefix -> key.equals(prefix + BIAS));
  }

  @Override
  protected void initialize(Layer layer, Map<String, INDArray> parameters) {
    for (String prefix : prefixes) {
      initialize((Recurrent) layer, prefix, parameters);
    }
  }

  private void initialize(Recurrent layer, String prefix, Map<String, INDArray> parameters) {
    CellShape shape = layer.shape();
    IWeightInit input = layer.getWeightInitFn();
    IWeightInit recurrent =
        layer.getWeightInitFnRecurrent() == null ? input : layer.getWeightInitFnRecurrent();
    // Deeplearning4j's LSTM takes these sizes for both matrices; the same seed gives the same
    // network.
    boolean lstm = shape.cell() == Cell.LSTM;
    int fanIn = lstm ? shape.hidden() : shape.inputs();
    int fanOut = lstm ? shape.inputs() + shape.hidden() : shape.hidden();
    fill(parameters.get(prefix + INPUT), input, fanIn, fanOut);
    fill(parameters.get(prefix + RECURRENT), recurrent, shape.hidden(), fanOut);
    INDArray bias = parameters.get(prefix + BIAS);
    for (int block = 0; block < shape.cell().biases(); block++) {
      bias.get(NDArrayIndex.interval(block * shape.hidden(), (block + 1) * shape.hidden()))
          .assign(layer.initialBias(block));
    }
  }
}
