package dev.unroll.layers;

import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.TimeMajor;
import dev.unroll.layers.sequences.ParameterlessVertex;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Computes {@link LastState}. It speaks to the layer below itself: asks it for the state, as the
 * memory is no part of what that hands on, and gives it the gradient before it goes back.
 */
@SuppressWarnings("overrides") // setInputs of Deeplearning4j's base class lacks its dots
final class LastStateVertex extends ParameterlessVertex {
  private static final long serialVersionUID = 1L;

  private final boolean memory;

  LastStateVertex(
      ComputationGraph graph, String name, int index, DataType dataType, boolean memory) {
    super(graph, name, index, dataType);
    this.memory = memory;
  }

  @Override
  public void setInputVertices(VertexIndices[] inputs) {
    super.setInputVertices(inputs);
    reader().keepLastState();
  }

  private RecurrentLayer reader() {
    Layer layer = graph.getVertices()[inputVertices[0].getVertexIndex()].getLayer();
    RecurrentLayer reader = RecurrentLayer.within(layer);
    if (reader == null || (memory && !reader.layerConf().cell().hasMemory())) {
      throw new IllegalArgumentException(
          "vertex \"%s\" needs a recurrent layer%s below it"
              .formatted(vertexName, memory ? " with a memory, an Lstm," : ""));
    }
    return reader;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    return workspaces.dup(ArrayType.ACTIVATIONS, columns(reader().lastState()), 'c');
  }

  private INDArray columns(INDArray state) {
    boolean all = memory || !reader().layerConf().cell().hasMemory();
    return all ? state : state.get(NDArrayIndex.all(), NDArrayIndex.interval(0, state.size(1) / 2));
  }

  /** The layer's output itself was not looked at, so what goes back that way is zero. */
  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    RecurrentLayer reader = reader();
    INDArray all = reader.lastState().like();
    columns(all).assign(epsilon);
    reader.addLastStateGradient(all);
    INDArray zeros =
        TimeMajor.create(
            workspaces,
            ArrayType.ACTIVATION_GRAD,
            epsilon.dataType(),
            inputs[0].size(0),
            inputs[0].size(1),
            inputs[0].size(2));
    NativeMemory.zero(zeros);
    return new Pair<>(null, new INDArray[] {zeros});
  }

  /** A vector has no steps to be masked. */
  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int batch) {
    return null;
  }
}
