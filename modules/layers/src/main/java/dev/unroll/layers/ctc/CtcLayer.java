package dev.unroll.layers.ctc;

import dev.unroll.layers.memory.Masks;
import dev.unroll.layers.memory.TimeMajor;
import dev.unroll.layers.output.SequenceOutputLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes {@link Ctc}: its dealings with Deeplearning4j. */
final class CtcLayer extends SequenceOutputLayer<Ctc> {
  private static final long serialVersionUID = 1L;

  CtcLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray x = read(training, workspaces, ArrayType.FF_WORKING_MEM);
    INDArray output = create(workspaces, ArrayType.ACTIVATIONS, layerConf().getNOut());
    pass(present()).probabilities(x, output);
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray x = read(true, workspaces, ArrayType.BP_WORKING_MEM);
    INDArray inner = create(workspaces, ArrayType.ACTIVATION_GRAD, layerConf().getNIn());
    CtcSteps steps = present();
    found(pass(steps).gradients(x, labels(steps), gradientViews, inner));
    Gradient result = new DefaultGradient();
    gradientViews.forEach((name, view) -> result.setGradientFor(name, view));
    return new Pair<>(result, backpropDropOutIfPresent(inner));
  }

  @Override
  protected double[] losses(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray x = read(training, workspaces, ArrayType.FF_WORKING_MEM);
    CtcSteps steps = present();
    return pass(steps).losses(x, labels(steps));
  }

  private INDArray read(boolean training, LayerWorkspaceMgr workspaces, ArrayType arrayType) {
    requireSequences();
    applyDropOutIfNecessary(training, workspaces);
    return TimeMajor.of(input.castTo(dataType), workspaces, arrayType);
  }

  private CtcPass pass(CtcSteps steps) {
    INDArray weights = getParam(DefaultParamInitializer.WEIGHT_KEY);
    INDArray bias = getParam(DefaultParamInitializer.BIAS_KEY);
    return dataType == DataType.FLOAT
        ? new FloatCtcPass(weights, bias, steps)
        : new ReferenceCtcPass(weights, bias, steps);
  }

  private CtcSteps present() {
    int batch = Math.toIntExact(input.size(0));
    int time = Math.toIntExact(input.size(2));
    return CtcSteps.of(Masks.timeMajor(featureMask(), batch, time), batch, time);
  }

  private int[][] labels(CtcSteps steps) {
    int classes = Math.toIntExact(layerConf().getNOut());
    int[][] labels = CtcLabels.read(requireLabels(), input.size(0), classes);
    steps.requireRoom(labels);
    return labels;
  }

  private INDArray create(LayerWorkspaceMgr workspaces, ArrayType arrayType, long features) {
    return TimeMajor.create(
        workspaces, arrayType, dataType, input.size(0), features, input.size(2));
  }
}
