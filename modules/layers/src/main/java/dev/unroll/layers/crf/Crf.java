package dev.unroll.layers.crf;

import java.util.Collection;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.InputTypeUtil;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * An output layer that labels the steps of a sequence jointly: a linear-chain conditional random
 * field on scores that are a linear function of its input (G. Lample et al., <i>Neural
 * Architectures for Named Entity Recognition</i>, NAACL 2016, section 2.2). The loss of a sequence
 * is {@code -log p(labels)}, see {@link CrfLattice}.
 *
 * <pre>
 *   in      [batch, nIn, time]
 *   labels  [batch, 1, time]     a class number a step, or one-hot [batch, nOut, time]
 *   mask    [batch, time]        a masked step does not exist: its neighbours are neighbours
 *   out     [batch, nOut, time]  the marginal probability of each label at each step
 * </pre>
 *
 * <p>Parameters: {@code W [nIn, nOut]} and {@code b [1, nOut]} make the scores of a step; {@code T
 * [nOut, nOut]} (from, to), {@code s [1, nOut]} and {@code e [1, nOut]} score neighbours, start and
 * end. The most probable labels, and the probability of a stretch of labels, are answered by the
 * layer's {@link CrfLayer#lattices}.
 */
public final class Crf extends FeedForwardLayer {
  private static final long serialVersionUID = 1L;

  /** As {@link CrfConstraints#toString} wrote it; null where all is allowed. */
  @JsonProperty private String allowed;

  /** For deserialisation. */
  @SuppressWarnings("unused")
  private Crf() {}

  private Crf(Builder builder) {
    super(builder);
    this.allowed = builder.constraints == null ? null : builder.constraints.toString();
    initializeConstraints(builder);
  }

  /** Which label may follow which. */
  public CrfConstraints labelConstraints() {
    return allowed == null
        ? CrfConstraints.none(Math.toIntExact(nOut))
        : CrfConstraints.parse(allowed);
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    LayerValidation.assertNInNOutSet("Crf", getLayerName(), layerIndex, getNIn(), getNOut());
    if (labelConstraints().labels() != nOut) {
      throw new IllegalArgumentException(
          "layer \"%s\" has %d labels, its constraints %d"
              .formatted(layerName, nOut, labelConstraints().labels()));
    }
    CrfLayer layer = new CrfLayer(conf, dataType);
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer().init(conf, parameters, initialize));
    layer.setConf(conf);
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return CrfParameters.INSTANCE;
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    if (nIn <= 0 || override) {
      nIn = recurrent(inputType).getSize();
    }
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    return InputType.recurrent(nOut, recurrent(inputType).getTimeSeriesLength());
  }

  private InputType.InputTypeRecurrent recurrent(InputType inputType) {
    if (inputType instanceof InputType.InputTypeRecurrent recurrent) {
      return recurrent;
    }
    throw new IllegalStateException(
        "layer \"" + layerName + "\": expected sequences, InputType.recurrent, got " + inputType);
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return InputTypeUtil.getPreprocessorForInputTypeRnnLayers(
        inputType, org.deeplearning4j.nn.conf.RNNFormat.NCW, layerName);
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    InputType outputType = getOutputType(-1, inputType);
    long parameters = initializer().numParams(this);
    long updaterState = getIUpdater() == null ? 0 : getIUpdater().stateSize(parameters);
    return new LayerMemoryReport.Builder(layerName, Crf.class, inputType, outputType)
        .standardMemory(parameters, updaterState)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Crf that && Objects.equals(allowed, that.allowed) && super.equals(that);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), allowed);
  }

  /** Builds a {@link Crf}; {@code nOut} is the number of labels. */
  @SuppressWarnings("unchecked") // build() narrows a type variable, as in Deeplearning4j's own
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {
    private CrfConstraints constraints;

    /** Makes some sequences of labels impossible; without it all are possible. */
    public Builder constraints(CrfConstraints constraints) {
      this.constraints = constraints;
      return this;
    }

    @Override
    public Crf build() {
      setActivationFn(new ActivationIdentity());
      return new Crf(this);
    }
  }
}
