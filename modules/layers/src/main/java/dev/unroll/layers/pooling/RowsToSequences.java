package dev.unroll.layers.pooling;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

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
public final class RowsToSequences extends GraphVertex {
  private static final long serialVersionUID = 1L;

  @Override
  public GraphVertex clone() {
    return new RowsToSequences();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowsToSequences;
  }

  @Override
  public int hashCode() {
    return RowsToSequences.class.hashCode();
  }

  @Override
  public long numParams(boolean backprop) {
    return 0;
  }

  @Override
  public int minVertexInputs() {
    return 2;
  }

  @Override
  public int maxVertexInputs() {
    return 2;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    return new RowsToSequencesVertex(graph, name, index, dataType);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    if (inputs.length == 2
        && inputs[0] instanceof InputType.InputTypeFeedForward rows
        && inputs[1] instanceof InputType.InputTypeRecurrent like) {
      return InputType.recurrent(rows.getSize(), like.getTimeSeriesLength());
    }
    throw new IllegalStateException(
        "expected rows and sequences, got " + java.util.Arrays.toString(inputs));
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    return new LayerMemoryReport.Builder(
            null, RowsToSequences.class, inputs[0], getOutputType(-1, inputs))
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }
}
