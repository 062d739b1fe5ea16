package dev.unroll.layers.attention;

import dev.unroll.layers.forward.LayerParameters;
import dev.unroll.layers.memory.FlatParameters;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The parameters of {@link Attention}, column by column: those of the score, then {@code Wc}. */
final class AttentionParameters extends FlatParameters {
  static final AttentionParameters INSTANCE = new AttentionParameters();

  /** {@code [nSource, keys]}: makes keys of the source. */
  static final String KEYS = "Wk";

  /** {@code [nIn, keys]}: makes of states what is compared with keys. */
  static final String QUERIES = "Wq";

  /** {@code [keys, 1]}: makes a number of the comparison. */
  static final String COMPARISON = "v";

  /** {@code [nSource + nIn, nOut]}: makes the attentional vector of context and state. */
  static final String OUTPUT = "Wc";

  private AttentionParameters() {
    super('f');
  }

  @Override
  public Map<String, long[]> shapes(Layer layer) {
    return shapes(((Attention) layer).shape());
  }

  static Map<String, long[]> shapes(AttentionShape shape) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    if (shape.projectsKeys()) {
      shapes.put(KEYS, new long[] {shape.source(), shape.keys()});
    }
    if (shape.projectsQueries()) {
      shapes.put(QUERIES, new long[] {shape.queries(), shape.keys()});
      shapes.put(COMPARISON, new long[] {shape.keys(), 1});
    }
    shapes.put(OUTPUT, new long[] {shape.seen(), shape.outputs()});
    return shapes;
  }

  /** Where the parameters of an attention lie among those of its layer. */
  static FloatWeights weights(AttentionShape shape, LayerParameters parameters) {
    Map<String, long[]> shapes = shapes(shape);
    return FloatWeights.at(shape, name -> parameters.get(name, shapes.get(name)));
  }

  @Override
  protected boolean isBias(String key) {
    return false;
  }

  @Override
  protected void initialize(Layer layer, Map<String, INDArray> parameters) {
    parameters.forEach(
        (name, matrix) ->
            fill(matrix, ((Attention) layer).getWeightInitFn(), matrix.rows(), matrix.columns()));
  }
}
