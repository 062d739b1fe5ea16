package dev.unroll.layers;

import dev.unroll.layers.sequences.ParameterlessVertex;
import dev.unroll.layers.sequences.VertexConfiguration;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Lets the recurrent layer above it begin in a given state, and passes that state's gradient back.
 * A layer of Deeplearning4j has one input, so the state comes in through this vertex, which hands
 * the sequences on as they are.
 *
 * <pre>
 *   sequences   [batch, features, time]
 *   state       [batch, width]              h of nOut numbers, then c of as many in an LSTM; in a
 *                                           bidirectional layer h→ h←, then c→ c←
 *   out         [batch, features, time]     the sequences, for one recurrent layer alone
 * </pre>
 *
 * <p>Each sequence begins in its state at its own first valid step; one that reads from the end, at
 * its last. An encoder and a decoder (I. Sutskever, O. Vinyals, Q. Le, <i>Sequence to Sequence
 * Learning with Neural Networks</i>, NIPS 2014):
 *
 * <pre>{@code
 * .addLayer("encoder", new Lstm.Builder().nOut(256).build(), "source")
 * .addVertex("meaning", LastState.hiddenAndMemory(), "encoder")
 * .addVertex("begin", new InitialState(), "target", "meaning")
 * .addLayer("decoder", new Lstm.Builder().nOut(256).build(), "begin")
 * }</pre>
 */
public final class InitialState extends VertexConfiguration {
  private static final long serialVersionUID = 1L;

  @Override
  public GraphVertex clone() {
    return new InitialState();
  }

  @Override
  public int minVertexInputs() {
    return 2;
  }

  @Override
  protected ParameterlessVertex vertex(
      ComputationGraph graph, String name, int index, DataType dataType) {
    return new InitialStateVertex(graph, name, index, dataType);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    if (inputs.length == 2
        && inputs[0] instanceof InputType.InputTypeRecurrent
        && inputs[1] instanceof InputType.InputTypeFeedForward) {
      return inputs[0];
    }
    throw new IllegalStateException(
        "expected sequences and a vector for each, got " + Arrays.toString(inputs));
  }
}
