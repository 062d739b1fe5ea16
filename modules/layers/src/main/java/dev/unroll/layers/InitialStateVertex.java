package dev.unroll.layers;

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

/**
 * Computes {@link InitialState}. It speaks to the layer above itself: before that reads, it gives
 * it the state, and after it went back, it asks for the gradient.
 */
@SuppressWarnings("overrides") // setInputs of Deeplearning4j's base class lacks its dots
final class InitialStateVertex extends ParameterlessVertex {
  private static final long serialVersionUID = 1L;

  InitialStateVertex(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, dataType);
  }

  @Override
  public void setOutputVertices(VertexIndices[] outputs) {
    super.setOutputVertices(outputs);
    reader();
  }

  private RecurrentLayer reader() {
    if (outputVertices != null && outputVertices.length == 1) {
      Layer layer = graph.getVertices()[outputVertices[0].getVertexIndex()].getLayer();
      RecurrentLayer reader = RecurrentLayer.within(layer);
      if (reader != null) {
        return reader;
      }
    }
    throw new IllegalArgumentException(
        "vertex \"%s\": one recurrent layer, and nothing else, must read what an InitialState hands on"
            .formatted(vertexName));
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    reader().setInitialState(inputs[1]);
    return TimeMajor.copy(inputs[0], workspaces, ArrayType.ACTIVATIONS);
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    INDArray sequences = TimeMajor.copy(epsilon, workspaces, ArrayType.ACTIVATION_GRAD);
    INDArray state =
        workspaces.dup(ArrayType.ACTIVATION_GRAD, reader().initialStateGradient(), 'c');
    return new Pair<>(null, new INDArray[] {sequences, state});
  }

  /** The mask is that of the sequences. */
  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int batch) {
    return mask(masks, 0, state);
  }
}
