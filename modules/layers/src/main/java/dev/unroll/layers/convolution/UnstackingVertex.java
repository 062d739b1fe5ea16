package dev.unroll.layers.convolution;

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
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Computes {@link Unstacking}. */
@SuppressWarnings("overrides") // setInputs of Deeplearning4j's base class lacks its dots
final class UnstackingVertex extends ParameterlessVertex {
  private static final long serialVersionUID = 1L;

  private final int stride;

  UnstackingVertex(ComputationGraph graph, String name, int index, int stride, DataType dataType) {
    super(graph, name, index, dataType);
    this.stride = stride;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray coarse = inputs[0];
    long batch = coarse.size(0);
    long features = coarse.size(1) / stride;
    long steps = coarse.size(2);
    long time = inputs[1].size(2);
    if (coarse.rank() != 3 || steps != (time + stride - 1) / stride) {
      throw new IllegalArgumentException(
          "expected %d steps for %s, got %s"
              .formatted(
                  (time + stride - 1) / stride,
                  Arrays.toString(inputs[1].shape()),
                  Arrays.toString(coarse.shape())));
    }
    INDArray fine =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS,
            coarse.dataType(),
            new long[] {steps, stride, batch, features},
            'c');
    fine.assign(parts(TimeMajor.of(coarse), batch, features));
    return fine.reshape('c', steps * stride, batch, features)
        .get(NDArrayIndex.interval(0, time), NDArrayIndex.all(), NDArrayIndex.all())
        .permute(1, 2, 0);
  }

  /** Time-major {@code [batch, stride x features, steps]} as {@code [steps, stride, batch, f]}. */
  private INDArray parts(INDArray timeMajor, long batch, long features) {
    return timeMajor
        .permute(2, 0, 1)
        .reshape('c', timeMajor.size(2), batch, stride, features)
        .permute(0, 2, 1, 3);
  }

  /** The second input has no gradient: only its shape was looked at. */
  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    long batch = epsilon.size(0);
    long features = epsilon.size(1);
    long time = epsilon.size(2);
    long steps = (time + stride - 1) / stride;
    INDArray coarse =
        TimeMajor.create(
            workspaces,
            ArrayType.ACTIVATION_GRAD,
            epsilon.dataType(),
            batch,
            stride * features,
            steps);
    INDArray fine =
        workspaces.create(
            ArrayType.BP_WORKING_MEM,
            epsilon.dataType(),
            new long[] {steps * stride, batch, features},
            'c');
    fine.get(NDArrayIndex.interval(0, time), NDArrayIndex.all(), NDArrayIndex.all())
        .assign(epsilon.permute(2, 0, 1));
    parts(coarse, batch, features).assign(fine.reshape('c', steps, stride, batch, features));
    return new Pair<>(null, new INDArray[] {coarse, null});
  }

  /** The mask is that of the finer steps. */
  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int batch) {
    return mask(masks, 1, MaskState.Active);
  }
}
