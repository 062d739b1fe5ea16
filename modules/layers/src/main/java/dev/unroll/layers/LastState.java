package dev.unroll.layers;

import dev.unroll.layers.forward.ForwardPart;
import dev.unroll.layers.forward.RecurrentPass;
import dev.unroll.layers.sequences.ParameterlessVertex;
import dev.unroll.layers.sequences.VertexConfiguration;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The state in which the recurrent layer below it ends: that after each sequence's own last valid
 * step, and of a direction that reads from the end, that after its first.
 *
 * <pre>
 *   in    [batch, nOut, time]      the output of a recurrent layer, or [batch, 2 nOut, time]
 *   out   [batch, width]           h, and with its memory h | c;
 *                                  in a bidirectional layer h→ h←, or h→ h← | c→ c←
 * </pre>
 *
 * <p>A sequence without a valid step ends as it began. What {@link InitialState} takes is of the
 * same form. Not under truncated back-propagation through time, where a sequence's end is in
 * another window.
 */
public final class LastState extends VertexConfiguration implements ForwardPart.Above {
  private static final long serialVersionUID = 1L;

  @JsonProperty private boolean memory;

  /** For deserialisation. */
  @SuppressWarnings("unused")
  private LastState() {}

  private LastState(boolean memory) {
    this.memory = memory;
  }

  /** The hidden state alone, of any layer. */
  public static LastState hidden() {
    return new LastState(false);
  }

  /** The hidden state and the memory, of an {@link Lstm}. */
  public static LastState hiddenAndMemory() {
    return new LastState(true);
  }

  @Override
  public GraphVertex clone() {
    return new LastState(memory);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LastState that && memory == that.memory;
  }

  @Override
  public int hashCode() {
    return Boolean.hashCode(memory);
  }

  @Override
  public int minVertexInputs() {
    return 1;
  }

  @Override
  protected ParameterlessVertex vertex(
      ComputationGraph graph, String name, int index, DataType dataType) {
    return new LastStateVertex(graph, name, index, dataType, memory);
  }

  /**
   * The states of the recurrent layer below.
   *
   * @throws IllegalArgumentException if there is none
   */
  @Override
  public ForwardPart above(ForwardPart below) {
    if (below instanceof RecurrentPass recurrent) {
      return recurrent.lastStates(memory);
    }
    throw new IllegalArgumentException("the last state is that of a recurrent layer");
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    if (inputs.length == 1 && inputs[0] instanceof InputType.InputTypeRecurrent recurrent) {
      return InputType.feedForward(recurrent.getSize() * (memory ? 2 : 1));
    }
    throw new IllegalStateException(
        "expected the output of a recurrent layer, got " + Arrays.toString(inputs));
  }
}
