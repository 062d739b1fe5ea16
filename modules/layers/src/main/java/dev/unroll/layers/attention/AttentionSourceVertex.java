package dev.unroll.layers.attention;

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
 * Computes {@link AttentionSource}. It speaks to the layer above itself: before that looks, it
 * gives it the source, and after it went back, it asks for the gradient.
 */
@SuppressWarnings("overrides") // setInputs of Deeplearning4j's base class lacks its dots
final class AttentionSourceVertex extends ParameterlessVertex {
  private static final long serialVersionUID = 1L;

  /** That of the source, as long as the network has masks. */
  private transient INDArray mask;

  AttentionSourceVertex(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, dataType);
  }

  @Override
  public void setOutputVertices(VertexIndices[] outputs) {
    super.setOutputVertices(outputs);
    reader();
  }

  @Override
  public void setInputVertices(VertexIndices[] inputs) {
    super.setInputVertices(inputs);
    if (outputVertices != null) {
      reader();
    }
  }

  private SourceReader reader() {
    if (outputVertices != null && outputVertices.length == 1) {
      Layer layer = graph.getVertices()[outputVertices[0].getVertexIndex()].getLayer();
      SourceReader reader = SourceReader.within(layer);
      if (reader instanceof StateReader || (reader != null && !begins())) {
        return reader;
      }
    }
    throw new IllegalArgumentException(
        "vertex \"%s\": one %s, and nothing else, must read what an AttentionSource hands on"
            .formatted(vertexName, begins() ? "InputFeeding" : "Attention or InputFeeding"));
  }

  /** Whether there is a state to begin in. */
  private boolean begins() {
    return inputVertices != null && inputVertices.length == 3;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    SourceReader reader = reader();
    // Deeplearning4j tells of masks, but not of their end.
    reader.setSource(inputs[1], graph.getInputMaskArrays() == null ? null : mask);
    if (reader instanceof StateReader beginner) {
      beginner.setInitialState(begins() ? inputs[2] : null);
    }
    return TimeMajor.copy(inputs[0], workspaces, ArrayType.ACTIVATIONS);
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    INDArray states = TimeMajor.copy(epsilon, workspaces, ArrayType.ACTIVATION_GRAD);
    INDArray source =
        TimeMajor.create(
            workspaces,
            ArrayType.ACTIVATION_GRAD,
            epsilon.dataType(),
            inputs[1].size(0),
            inputs[1].size(1),
            inputs[1].size(2));
    reader().readSourceGradient(source);
    if (!begins()) {
      return new Pair<>(null, new INDArray[] {states, source});
    }
    INDArray state =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, epsilon.dataType(), inputs[2].shape(), 'c');
    ((StateReader) reader()).readInitialStateGradient(state);
    return new Pair<>(null, new INDArray[] {states, source, state});
  }

  /** The mask is that of the states; that of the source ends here. */
  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int batch) {
    mask = masks == null ? null : masks[1];
    return mask(masks, 0, state);
  }
}
