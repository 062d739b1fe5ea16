package dev.unroll.layers.attention;

import dev.unroll.layers.forward.LayerParameters;
import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.Parameters;
import dev.unroll.layers.memory.FlatParameters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Those of {@link InputFeeding}, column by column: the cell's, then the attention's. */
final class InputFeedingParameters extends FlatParameters {
  static final InputFeedingParameters INSTANCE = new InputFeedingParameters();
  static final String INPUT = "W";
  static final String RECURRENT = "RW";
  static final String BIAS = "b";

  /** The block of an LSTM's bias that begins with 1, as in {@code Lstm}. */
  private static final int FORGET_GATE = 1;

  private InputFeedingParameters() {
    super('f');
  }

  @Override
  public Map<String, long[]> shapes(Layer layer) {
    return shapes(((InputFeeding) layer).shape());
  }

  private static Map<String, long[]> shapes(FeedingShape shape) {
    CellShape cell = shape.cell();
    long columns = (long) cell.cell().gates() * cell.hidden();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put(INPUT, new long[] {cell.inputs(), columns});
    shapes.put(RECURRENT, new long[] {cell.hidden(), columns});
    shapes.put(BIAS, new long[] {cell.biases()});
    shapes.putAll(AttentionParameters.shapes(shape.attention()));
    return shapes;
  }

  /** Where those of the cell lie, or derivatives of them. */
  static Parameters cell(Function<String, INDArray> arrays) {
    return Parameters.in(arrays.apply(INPUT), arrays.apply(RECURRENT), arrays.apply(BIAS));
  }

  /** The same for a forward pass alone. */
  static Parameters cell(FeedingShape shape, LayerParameters parameters) {
    Map<String, long[]> shapes = shapes(shape);
    return new Parameters(
        parameters.get(INPUT, shapes.get(INPUT)),
        parameters.get(RECURRENT, shapes.get(RECURRENT)),
        parameters.get(BIAS, shapes.get(BIAS)));
  }

  @Override
  protected boolean isBias(String key) {
    return key.equals(BIAS);
  }

  @Override
  protected void initialize(Layer layer, Map<String, INDArray> parameters) {
    InputFeeding feeding = (InputFeeding) layer;
    CellShape cell = feeding.shape().cell();
    parameters.forEach(
        (name, array) -> {
          if (!isBias(name)) {
            // A cell's matrix is one a gate.
            boolean ofCell = name.equals(INPUT) || name.equals(RECURRENT);
            long out = ofCell ? cell.hidden() : array.columns();
            fill(array, feeding.getWeightInitFn(), array.rows(), out);
          }
        });
    INDArray bias = parameters.get(BIAS).assign(0);
    if (cell.cell() == Cell.LSTM) {
      long from = (long) FORGET_GATE * cell.hidden();
      bias.get(NDArrayIndex.interval(from, from + cell.hidden())).assign(1);
    }
  }
}
