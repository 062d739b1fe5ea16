package dev.unroll.layers.convolution;

import dev.unroll.layers.memory.Masks;
import dev.unroll.layers.memory.TimeMajor;
import java.util.Arrays;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Computes {@link SequenceConvolution}. What lies time-major is, seen column after column, a matrix
 * {@code [features, time x batch]}; the products are taken of those.
 */
final class SequenceConvolutionLayer extends BaseLayer<SequenceConvolution> {
  private static final long serialVersionUID = 1L;

  /** The output of the last forward pass, which tells where it was rectified. */
  private transient INDArray activated;

  /** Which windows exist in it, or null if all do. */
  private transient float[] present;

  SequenceConvolutionLayer(NeuralNetConfiguration conf, DataType dataType) {
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
    StepWindows windows = windows();
    present = windows.present();
    activated =
        TimeMajor.create(
            workspaces,
            ArrayType.ACTIVATIONS,
            dataType,
            x.size(0),
            layerConf().getNOut(),
            windows.count());
    INDArray y = columns(activated);
    Nd4j.gemm(
        getParam(SequenceConvolutionParameters.FILTERS),
        windows.rows(x).transpose(),
        y,
        true,
        false,
        1,
        0);
    y.addiColumnVector(
        getParam(SequenceConvolutionParameters.BIAS).reshape(layerConf().getNOut(), 1));
    layerConf().getActivationFn().getActivation(y, training);
    maskOut(y);
    return activated;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    StepWindows windows = windows();
    INDArray x = TimeMajor.of(input.castTo(dataType), workspaces, ArrayType.BP_WORKING_MEM);
    INDArray dY =
        columns(TimeMajor.copy(epsilon.castTo(dataType), workspaces, ArrayType.BP_WORKING_MEM));
    // Where the output is 0 it was rectified or masked, and nothing flows back.
    dY.muli(columns(activated).gt(0).castTo(dataType));
    INDArray rows = windows.rows(x).transpose();
    INDArray filters = gradientViews.get(SequenceConvolutionParameters.FILTERS);
    Nd4j.gemm(rows, dY, filters, false, true, 1, 0);
    INDArray bias = gradientViews.get(SequenceConvolutionParameters.BIAS);
    bias.assign(dY.sum(1).reshape(bias.shape()));
    Gradient gradient = new DefaultGradient();
    gradient.setGradientFor(SequenceConvolutionParameters.FILTERS, filters);
    gradient.setGradientFor(SequenceConvolutionParameters.BIAS, bias);
    weightNoiseParams.clear();
    Nd4j.gemm(getParam(SequenceConvolutionParameters.FILTERS), dY, rows, false, false, 1, 0);
    INDArray dX =
        TimeMajor.create(
            workspaces, ArrayType.ACTIVATION_GRAD, dataType, x.size(0), x.size(1), x.size(2));
    windows.gather(rows.transpose(), dX);
    return new Pair<>(gradient, backpropDropOutIfPresent(dX));
  }

  private StepWindows windows() {
    return new StepWindows(
        Math.toIntExact(input.size(0)),
        Math.toIntExact(input.size(1)),
        Math.toIntExact(input.size(2)),
        Masks.timeMajor(maskArray, input.size(0), input.size(2)),
        layerConf().window(),
        layerConf().stride());
  }

  /** {@code [batch, features, time]}, time-major, as {@code [features, time x batch]}. */
  private static INDArray columns(INDArray timeMajor) {
    long rows = timeMajor.size(0) * timeMajor.size(2);
    return timeMajor.permute(2, 0, 1).reshape('c', rows, timeMajor.size(1)).transpose();
  }

  private void maskOut(INDArray columns) {
    if (present != null) {
      columns.muliRowVector(Nd4j.createFromArray(present).castTo(dataType));
    }
  }

  /** Hands on which of its own steps there are. */
  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int batch) {
    maskArray = mask;
    maskState = state;
    if (mask == null || layerConf().stride() == 1) {
      return new Pair<>(mask, state);
    }
    int examples = Math.toIntExact(mask.size(0));
    int time = Math.toIntExact(mask.size(1));
    StepWindows windows =
        new StepWindows(
            examples,
            1,
            time,
            Masks.timeMajor(mask, examples, time),
            layerConf().window(),
            layerConf().stride());
    INDArray steps =
        Nd4j.createFromArray(windows.present())
            .reshape('c', windows.count(), examples)
            .permute(1, 0)
            .dup('c');
    return new Pair<>(steps.castTo(mask.dataType()), state);
  }

  @Override
  public void clear() {
    super.clear();
    activated = null;
    present = null;
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
