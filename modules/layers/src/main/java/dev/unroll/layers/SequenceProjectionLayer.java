package dev.unroll.layers;

import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.Masks;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.TimeMajor;
import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Computes {@link SequenceProjection}. What lies time-major is, seen column after column, a matrix
 * {@code [features, time x batch]}: the products are taken of those, {@code Yᵀ = Wᵀ Xᵀ}, as the
 * library wants its matrices.
 */
final class SequenceProjectionLayer extends BaseLayer<SequenceProjection> {
  private static final long serialVersionUID = 1L;

  SequenceProjectionLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    if (input.rank() != 3 || input.size(1) != layerConf().getNIn()) {
      throw new IllegalArgumentException(
          "expected [batch, %d, time], got %s in %s"
              .formatted(layerConf().getNIn(), Arrays.toString(input.shape()), layerId()));
    }
    applyDropOutIfNecessary(training, workspaces);
    INDArray x = TimeMajor.of(input.castTo(dataType), workspaces, ArrayType.FF_WORKING_MEM);
    INDArray output =
        TimeMajor.create(
            workspaces,
            ArrayType.ACTIVATIONS,
            dataType,
            x.size(0),
            layerConf().getNOut(),
            x.size(2));
    INDArray y = columns(output);
    Nd4j.gemm(getParam(DefaultParamInitializer.WEIGHT_KEY), columns(x), y, true, false, 1, 0);
    y.addiColumnVector(bias());
    maskOut(output);
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray x = TimeMajor.of(input.castTo(dataType), workspaces, ArrayType.BP_WORKING_MEM);
    INDArray epsilons =
        TimeMajor.copy(epsilon.castTo(dataType), workspaces, ArrayType.BP_WORKING_MEM);
    maskOut(epsilons);
    INDArray dY = columns(epsilons);
    INDArray weights = gradientViews.get(DefaultParamInitializer.WEIGHT_KEY);
    Nd4j.gemm(columns(x), dY, weights, false, true, 1, 0);
    INDArray bias = gradientViews.get(DefaultParamInitializer.BIAS_KEY);
    bias.assign(dY.sum(1).reshape(bias.shape()));
    Gradient gradient = new DefaultGradient();
    gradient.setGradientFor(DefaultParamInitializer.WEIGHT_KEY, weights);
    gradient.setGradientFor(DefaultParamInitializer.BIAS_KEY, bias);
    weightNoiseParams.clear();
    if (layerConf().isOfData()) {
      return new Pair<>(gradient, null);
    }
    INDArray dX =
        TimeMajor.create(
            workspaces, ArrayType.ACTIVATION_GRAD, dataType, x.size(0), x.size(1), x.size(2));
    INDArray matrix = getParam(DefaultParamInitializer.WEIGHT_KEY);
    Nd4j.gemm(matrix, dY, columns(dX), false, false, 1, 0);
    return new Pair<>(gradient, backpropDropOutIfPresent(dX));
  }

  /** {@code [batch, features, time]}, time-major, as {@code [features, time x batch]}. */
  private static INDArray columns(INDArray timeMajor) {
    long rows = timeMajor.size(0) * timeMajor.size(2);
    return timeMajor.permute(2, 0, 1).reshape('c', rows, timeMajor.size(1)).transpose();
  }

  private INDArray bias() {
    return getParam(DefaultParamInitializer.BIAS_KEY).reshape(layerConf().getNOut(), 1);
  }

  /** Sets to zero what belongs to steps that are not there, whatever it was. */
  private void maskOut(INDArray timeMajor) {
    float[] steps = Masks.timeMajor(maskArray, timeMajor.size(0), timeMajor.size(2));
    if (steps == null) {
      return;
    }
    long bytes = timeMajor.size(1) * dataType.width();
    Address row = new Address();
    for (int i = 0; i < steps.length; i++) {
      if (steps[i] == 0) {
        Pointer.memset(row.at(NativeMemory.address(timeMajor) + i * bytes), 0, bytes);
      }
    }
  }

  @Override
  public Type type() {
    return Type.RECURRENT;
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }
}
