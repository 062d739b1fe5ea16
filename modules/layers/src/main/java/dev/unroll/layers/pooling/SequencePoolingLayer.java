package dev.unroll.layers.pooling;

import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.TimeMajor;
import dev.unroll.layers.pooling.SequencePooling.Summary;
import java.util.List;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes {@link SequencePooling}. */
final class SequencePoolingLayer extends AbstractLayer<SequencePooling> {
  private static final long serialVersionUID = 1L;

  /** What the forward pass leaves to the backward pass. */
  private transient PooledSequences pooled;

  SequencePoolingLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    INDArray sequences = TimeMajor.of(input, workspaces, ArrayType.FF_WORKING_MEM);
    List<Summary> summaries = layerConf().summaries();
    pooled = new PooledSequences(sequences, maskArray, layerConf());
    INDArray output =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS,
            input.dataType(),
            new long[] {input.size(0), summaries.size() * input.size(1)},
            'c');
    if (input.dataType() == DataType.FLOAT) {
      float[] values = pooled.forward(sequences);
      NativeMemory.write(values, output, values.length);
    } else {
      pooled.forwardSlowly(input, output);
    }
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray result =
        TimeMajor.create(
            workspaces,
            ArrayType.ACTIVATION_GRAD,
            input.dataType(),
            input.size(0),
            input.size(1),
            input.size(2));
    if (input.dataType() == DataType.FLOAT) {
      float[] outer = new float[Math.toIntExact(epsilon.length())];
      NativeMemory.read(epsilon.dup('c'), outer, outer.length);
      pooled.backward(outer, result);
    } else {
      pooled.backwardSlowly(input, epsilon, result);
    }
    return new Pair<>(new DefaultGradient(), backpropDropOutIfPresent(result));
  }

  /** Takes the mask and hands none on. */
  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int batch) {
    maskArray = mask;
    maskState = null;
    return null;
  }

  @Override
  public void clear() {
    super.clear();
    pooled = null;
  }

  @Override
  public void clearNoiseWeightParams() {}

  @Override
  public boolean isPretrainLayer() {
    return false;
  }
}
