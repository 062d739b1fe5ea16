package dev.unroll.layers.attention;

import dev.unroll.layers.sequences.ParameterlessVertex;
import dev.unroll.layers.sequences.VertexConfiguration;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Shows the {@link Attention} or {@link InputFeeding} above it what to look at, and passes the
 * gradient of that back. A layer of Deeplearning4j has one input, so the source comes in through
 * this vertex, which hands the states on as they are.
 *
 * <pre>
 *   states   [batch, nIn, T]        of the decoder, with its mask [batch, T]
 *   source   [batch, nSource, S]    of the encoder, with its mask [batch, S]
 *   begin    [batch, width]         for an {@link InputFeeding}: the state in which it begins; may be left out
 *   out      [batch, nIn, T]        the states, for that one layer alone
 * </pre>
 *
 * <p>Masks come as Deeplearning4j passes them on from the inputs of the network.
 */
public final class AttentionSource extends VertexConfiguration {
  private static final long serialVersionUID = 1L;

  @Override
  public GraphVertex clone() {
    return new AttentionSource();
  }

  @Override
  public int minVertexInputs() {
    return 2;
  }

  @Override
  public int maxVertexInputs() {
    return 3;
  }

  @Override
  protected ParameterlessVertex vertex(
      ComputationGraph graph, String name, int index, DataType dataType) {
    return new AttentionSourceVertex(graph, name, index, dataType);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    if (inputs.length >= 2
        && inputs[0] instanceof InputType.InputTypeRecurrent
        && inputs[1] instanceof InputType.InputTypeRecurrent
        && (inputs.length == 2 || inputs[2] instanceof InputType.InputTypeFeedForward)) {
      return inputs[0];
    }
    throw new IllegalStateException(
        "expected the states of a decoder and of an encoder, and perhaps one to begin in, got "
            + Arrays.toString(inputs));
  }
}
