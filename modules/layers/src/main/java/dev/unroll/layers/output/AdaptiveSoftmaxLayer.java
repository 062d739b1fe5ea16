package dev.unroll.layers.output;

import dev.unroll.layers.memory.TimeMajor;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes {@link AdaptiveSoftmax}: its dealings with Deeplearning4j. */
final class AdaptiveSoftmaxLayer extends SequenceOutputLayer<AdaptiveSoftmax> {
  private static final long serialVersionUID = 1L;

  /** For the floats of one batch. */
  private transient FloatAdaptivePass.Room room;

  AdaptiveSoftmaxLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray x = read(training, workspaces, ArrayType.FF_WORKING_MEM);
    INDArray output = create(workspaces, ArrayType.ACTIVATIONS, layerConf().getNOut());
    pass().probabilities(x, readMask(), output);
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray x = read(true, workspaces, ArrayType.BP_WORKING_MEM);
    INDArray inner = create(workspaces, ArrayType.ACTIVATION_GRAD, layerConf().getNIn());
    found(pass().gradients(x, readLabels(), gradientViews, inner));
    Gradient result = new DefaultGradient(gradientsFlattened);
    gradientViews.forEach((key, view) -> result.setGradientFor(key, view, 'f'));
    return new Pair<>(result, backpropDropOutIfPresent(inner));
  }

  @Override
  protected double[] losses(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray x = read(training, workspaces, ArrayType.FF_WORKING_MEM);
    return pass().losses(x, readLabels());
  }

  private INDArray read(boolean training, LayerWorkspaceMgr workspaces, ArrayType type) {
    requireSequences();
    applyDropOutIfNecessary(training, workspaces);
    return TimeMajor.of(input, workspaces, type);
  }

  private AdaptivePass pass() {
    return dataType == DataType.FLOAT
        ? new FloatAdaptivePass(
            layerConf().shape(),
            layerConf().order(),
            AdaptiveParameters.pointers(parameters()),
            room())
        : new ReferenceAdaptivePass(layerConf().shape(), layerConf().order(), parameters());
  }

  private Map<String, INDArray> parameters() {
    return paramTable();
  }

  private FloatAdaptivePass.Room room() {
    if (room == null) { // a layer that was read from a stream
      room = new FloatAdaptivePass.Room();
    }
    return room;
  }

  private INDArray create(LayerWorkspaceMgr workspaces, ArrayType arrayType, long features) {
    return TimeMajor.create(
        workspaces, arrayType, dataType, input.size(0), features, input.size(2));
  }
}
