package dev.unroll.layers.sequences;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The configuration of a layer that reads sequences {@code [batch, nIn, time]} and gives {@code
 * [batch, nOut, time]}: its dealings with Deeplearning4j.
 */
public abstract class SequenceConfiguration extends FeedForwardLayer {
  private static final long serialVersionUID = 1L;

  /** For deserialisation. */
  protected SequenceConfiguration() {}

  /** A configuration of what was said to a builder. */
  protected SequenceConfiguration(FeedForwardLayer.Builder<?> builder) {
    super(builder);
  }

  /** What it reads, for who gives it something else. */
  protected String reads() {
    return "sequences";
  }

  /** Values that a sequence leaves for the backward pass besides the output; for an estimate. */
  protected long kept(InputType inputType) {
    return 0;
  }

  /** The type of the input, if it is of sequences. */
  protected final InputType.InputTypeRecurrent sequences(InputType inputType) {
    if (inputType instanceof InputType.InputTypeRecurrent recurrent) {
      return recurrent;
    }
    throw new IllegalStateException(
        "layer \"%s\": expected %s, InputType.recurrent(…), got %s"
            .formatted(layerName, reads(), inputType));
  }

  /** Gives a new layer of this configuration what every layer must have. */
  protected final Layer ready(
      Layer layer,
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initialize) {
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer().init(conf, parameters, initialize));
    layer.setConf(conf);
    return layer;
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    if (nIn <= 0 || override) {
      nIn = sequences(inputType).getSize();
    }
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    return InputType.recurrent(nOut, sequences(inputType).getTimeSeriesLength());
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return null;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    InputType outputType = getOutputType(-1, inputType);
    long parameters = initializer().numParams(this);
    long updaterState = getIUpdater() == null ? 0 : getIUpdater().stateSize(parameters);
    return new LayerMemoryReport.Builder(layerName, getClass(), inputType, outputType)
        .standardMemory(parameters, updaterState)
        .workingMemory(0, 0, 0, kept(inputType))
        .cacheMemory(0, 0)
        .build();
  }
}
