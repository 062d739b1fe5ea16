package dev.unroll.layers.sequences;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The configuration of a vertex of a network that has no parameters: its dealings with
 * Deeplearning4j. One that has settings compares them too in {@code equals}.
 */
public abstract class VertexConfiguration extends GraphVertex {
  private static final long serialVersionUID = 1L;

  /** For subclasses, and for deserialisation. */
  protected VertexConfiguration() {}

  /** A new vertex of this configuration, at place {@code index} of the network. */
  protected abstract ParameterlessVertex vertex(
      ComputationGraph graph, String name, int index, DataType dataType);

  @Override
  public final org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    return vertex(graph, name, index, dataType);
  }

  @Override
  public final long numParams(boolean backprop) {
    return 0;
  }

  /** As many as it must have. */
  @Override
  public int maxVertexInputs() {
    return minVertexInputs();
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    return new LayerMemoryReport.Builder(null, getClass(), inputs[0], getOutputType(-1, inputs))
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }

  @Override
  public boolean equals(Object other) {
    return other != null && getClass() == other.getClass();
  }

  @Override
  public int hashCode() {
    return getClass().hashCode();
  }
}
