package dev.unroll.layers.pooling;

import dev.unroll.layers.forward.ForwardPart;
import dev.unroll.layers.forward.LayerParameters;
import dev.unroll.layers.forward.Steps;
import dev.unroll.layers.sequences.ParameterlessVertex;
import dev.unroll.layers.sequences.VertexConfiguration;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Puts what was computed for each step alone back into its sequence. For what is done with the
 * steps alone, such as reading the characters of each word, they are the examples of a batch of
 * their own:
 *
 * <pre>
 *   rows   [time x batch, features]   row {@code step * batch + example}
 *   like   [batch, any, time]         tells batch and time, and brings the mask
 *   out    [batch, features, time]
 * </pre>
 */
public final class RowsToSequences extends VertexConfiguration implements ForwardPart.Source {
  private static final long serialVersionUID = 1L;

  @Override
  public GraphVertex clone() {
    return new RowsToSequences();
  }

  @Override
  public int minVertexInputs() {
    return 2;
  }

  @Override
  protected ParameterlessVertex vertex(
      ComputationGraph graph, String name, int index, DataType dataType) {
    return new RowsToSequencesVertex(graph, name, index, dataType);
  }

  /** The rows lie as sequences do. */
  @Override
  public ForwardPart forward(LayerParameters parameters) {
    return below -> {
      Steps rows = below.get(0);
      Steps like = below.get(1);
      if (rows.rows() != like.rows()) {
        throw new IllegalArgumentException(
            "expected %d rows, got %d".formatted(like.rows(), rows.rows()));
      }
      return like.with(rows.values(), rows.width());
    };
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    if (inputs.length == 2
        && inputs[0] instanceof InputType.InputTypeFeedForward rows
        && inputs[1] instanceof InputType.InputTypeRecurrent like) {
      return InputType.recurrent(rows.getSize(), like.getTimeSeriesLength());
    }
    throw new IllegalStateException("expected rows and sequences, got " + Arrays.toString(inputs));
  }
}
