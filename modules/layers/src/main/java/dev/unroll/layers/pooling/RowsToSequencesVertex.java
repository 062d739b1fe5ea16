package dev.unroll.layers.pooling;

import dev.unroll.layers.memory.TimeMajor;
import dev.unroll.layers.sequences.ParameterlessVertex;
import java.util.Arrays;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes {@link RowsToSequences}. */
@SuppressWarnings("overrides") // setInputs of Deeplearning4j's base class lacks its dots
final class RowsToSequencesVertex extends ParameterlessVertex {
  private static final long serialVersionUID = 1L;

  RowsToSequencesVertex(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, dataType);
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray rows = inputs[0];
    long batch = inputs[1].size(0);
    long time = inputs[1].size(2);
    if (rows.rank() != 2 || rows.size(0) != batch * time) {
      throw new IllegalArgumentException(
          "expected %d rows for %s, got %s"
              .formatted(
                  batch * time, Arrays.toString(inputs[1].shape()), Arrays.toString(rows.shape())));
    }
    return TimeMajor.create(
            workspaces, ArrayType.ACTIVATIONS, rows.dataType(), batch, rows.size(1), time)
        .assign(rows.reshape('c', time, batch, rows.size(1)).permute(1, 2, 0));
  }

  /** The second input has no gradient: only its shape was looked at. */
  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    long features = epsilon.size(1);
    INDArray rows =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD,
            epsilon.dataType(),
            new long[] {epsilon.size(2) * epsilon.size(0), features},
            'c');
    rows.assign(TimeMajor.of(epsilon).permute(2, 0, 1).reshape('c', rows.size(0), features));
    return new Pair<>(null, new INDArray[] {rows, null});
  }

  /** The mask is that of the sequences. */
  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int batch) {
    return mask(masks, 1, MaskState.Active);
  }
}
