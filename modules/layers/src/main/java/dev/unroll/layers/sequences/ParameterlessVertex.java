package dev.unroll.layers.sequences;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes a {@link VertexConfiguration}: its dealings with Deeplearning4j. */
@SuppressWarnings("overrides") // setInputs of Deeplearning4j's base class lacks its dots
public abstract class ParameterlessVertex extends BaseGraphVertex {
  private static final long serialVersionUID = 1L;

  /** At place {@code index} of a network. */
  protected ParameterlessVertex(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, null, null, dataType);
  }

  /** The mask that came with input {@code input}, to be handed on; null if there is none. */
  protected static Pair<INDArray, MaskState> mask(INDArray[] masks, int input, MaskState state) {
    return masks == null || masks[input] == null ? null : new Pair<>(masks[input], state);
  }

  @Override
  public final boolean hasLayer() {
    return false;
  }

  @Override
  public final Layer getLayer() {
    return null;
  }

  @Override
  public final void setBackpropGradientsViewArray(INDArray gradients) {}

  @Override
  public String toString() {
    return getClass().getSimpleName() + "(" + vertexName + ")";
  }
}
