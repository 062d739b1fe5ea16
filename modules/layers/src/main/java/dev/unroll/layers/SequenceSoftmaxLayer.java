package dev.unroll.layers;

import dev.unroll.layers.memory.TimeMajor;
import dev.unroll.layers.output.SequenceOutputLayer;
import dev.unroll.layers.output.StepLabels;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes {@link SequenceSoftmax}: its dealings with Deeplearning4j. */
final class SequenceSoftmaxLayer extends SequenceOutputLayer<SequenceSoftmax> {
  private static final long serialVersionUID = 1L;

  /** Whose table the weights are, where they are tied. */
  private transient WordEmbeddingLayer tied;

  private transient FloatSoftmaxPass.Room room;

  SequenceSoftmaxLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    requireSequences();
    applyDropOutIfNecessary(training, workspaces);
    INDArray x = TimeMajor.of(input, workspaces, ArrayType.FF_WORKING_MEM);
    INDArray output = create(workspaces, ArrayType.ACTIVATIONS, layerConf().getNOut());
    pass(readMask(), 0).probabilities(x, output);
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    requireSequences();
    applyDropOutIfNecessary(true, workspaces);
    INDArray x = TimeMajor.of(input, workspaces, ArrayType.BP_WORKING_MEM);
    INDArray inner = create(workspaces, ArrayType.ACTIVATION_GRAD, layerConf().getNIn());
    found(pass(readLabels(), layerConf().getLabelSmoothing()).gradients(x, gradients(), inner));
    Gradient result = new DefaultGradient();
    for (Map.Entry<String, INDArray> view : gradientViews.entrySet()) {
      result.setGradientFor(view.getKey(), view.getValue());
    }
    return new Pair<>(result, backpropDropOutIfPresent(inner));
  }

  @Override
  protected double[] losses(boolean training, LayerWorkspaceMgr workspaces) {
    requireSequences();
    applyDropOutIfNecessary(training, workspaces);
    INDArray x = TimeMajor.of(input, workspaces, ArrayType.FF_WORKING_MEM);
    return pass(readLabels(), training ? layerConf().getLabelSmoothing() : 0).losses(x);
  }

  private SoftmaxPass pass(StepLabels read, double smoothing) {
    INDArray weights = weights();
    INDArray bias = getParam(DefaultParamInitializer.BIAS_KEY);
    return dataType == DataType.FLOAT
        ? new FloatSoftmaxPass(weights, bias, read, smoothing, room())
        : new SlowSoftmaxPass(weights, bias, read, smoothing);
  }

  private FloatSoftmaxPass.Room room() {
    if (room == null) { // a layer that was read from a stream
      room = new FloatSoftmaxPass.Room();
    }
    return room;
  }

  /** {@code [nIn, nOut]} and column after column, whoever they belong to. */
  private INDArray weights() {
    return layerConf().getTiedTo() == null
        ? getParam(DefaultParamInitializer.WEIGHT_KEY)
        : embedding().getParam(embedding().table()).transpose();
  }

  /** Where the gradients go, by the names of the parameters. */
  private Map<String, INDArray> gradients() {
    return layerConf().getTiedTo() == null
        ? gradientViews
        : Map.of(
            DefaultParamInitializer.BIAS_KEY,
            gradientViews.get(DefaultParamInitializer.BIAS_KEY),
            DefaultParamInitializer.WEIGHT_KEY,
            embedding().gradientViewOfTable().transpose());
  }

  private WordEmbeddingLayer embedding() {
    if (tied == null) {
      throw new IllegalStateException(
          "the weights are those of layer \"%s\": call TiedWeights.connect(network) first %s"
              .formatted(tiedTo(), layerId()));
    }
    return tied;
  }

  /** The name of the layer whose table the weights are, or null. */
  String tiedTo() {
    return layerConf().getTiedTo();
  }

  /** See {@link TiedWeights}. */
  void tie(WordEmbeddingLayer embedding) {
    INDArray table = embedding.getParam(embedding.table());
    if (table.rows() != layerConf().getNOut() || table.columns() != layerConf().getNIn()) {
      throw new IllegalArgumentException(
          "tied weights need a table [%d, %d], that of \"%s\" is %s %s"
              .formatted(
                  layerConf().getNOut(),
                  layerConf().getNIn(),
                  tiedTo(),
                  Arrays.toString(table.shape()),
                  layerId()));
    }
    this.tied = embedding;
  }

  private INDArray create(LayerWorkspaceMgr workspaces, ArrayType arrayType, long features) {
    return TimeMajor.create(
        workspaces, arrayType, dataType, input.size(0), features, input.size(2));
  }
}
