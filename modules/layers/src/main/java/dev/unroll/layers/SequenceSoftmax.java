package dev.unroll.layers;

import dev.unroll.layers.forward.ForwardPart;
import dev.unroll.layers.forward.LayerParameters;
import dev.unroll.layers.output.OutputSteps;
import dev.unroll.layers.output.SoftmaxForward;
import dev.unroll.layers.output.SoftmaxParameters;
import dev.unroll.layers.output.SoftmaxSteps;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The end of a network that decides on a class at every time step: a linear layer, softmax and
 * cross-entropy. {@code [batch, nIn, time]} in, probabilities {@code [batch, nOut, time]} out.
 *
 * <p>Labels are the numbers of the classes, {@code [batch, 1, time]}, or one-hot (or other shares
 * of the classes), {@code [batch, nOut, time]}. Steps that the mask of the labels leaves out count
 * for nothing, and their labels are not looked at; without such a mask that of the features is
 * taken.
 *
 * <p>Loss, gradients, parameters ({@code W [nIn, nOut]}, {@code b}) and their layout are those of
 * Deeplearning4j's {@code RnnOutputLayer} with softmax and MCXENT: the loss is summed over the
 * steps and averaged over the examples. What differs is the time that it takes, since all steps of
 * all examples are one matrix here and nothing is copied into another order.
 */
public final class SequenceSoftmax extends BaseOutputLayer
    implements ForwardPart.Source, OutputSteps.Source {
  private static final long serialVersionUID = 1L;

  @JsonProperty private String tiedTo;
  @JsonProperty private double labelSmoothing;

  /** For deserialisation. */
  @SuppressWarnings("unused")
  private SequenceSoftmax() {}

  private SequenceSoftmax(Builder builder) {
    super(builder);
    this.tiedTo = builder.tiedTo;
    this.labelSmoothing = builder.labelSmoothing;
    initializeConstraints(builder);
  }

  /**
   * The name of the {@link WordEmbedding} whose table the weights are, or null; {@link
   * TiedWeights}.
   */
  public String getTiedTo() {
    return tiedTo;
  }

  /** The share of every label that is spread over all classes in training. */
  public double getLabelSmoothing() {
    return labelSmoothing;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    if (nIn < 1 || nOut < 2 || getWeightNoise() != null) {
      throw new IllegalArgumentException(
          "a softmax needs nIn from 1, nOut from 2 and no weight noise, got "
              + nIn
              + ", "
              + nOut
              + " and "
              + getWeightNoise());
    }
    SequenceSoftmaxLayer layer = new SequenceSoftmaxLayer(conf, dataType);
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(parameters);
    Map<String, INDArray> table = initializer().init(conf, parameters, initialize);
    layer.setParamTable(table);
    layer.setConf(conf);
    return layer;
  }

  /** The probabilities of the classes at each step. */
  @Override
  public ForwardPart forward(LayerParameters parameters) {
    return new SoftmaxForward(read(parameters));
  }

  @Override
  public OutputSteps steps(LayerParameters parameters) {
    return new SoftmaxSteps(read(parameters));
  }

  /** What lies row after row in a table of vectors lies column after column in the weights. */
  private SoftmaxParameters read(LayerParameters parameters) {
    return tiedTo == null
        ? SoftmaxParameters.of(this, parameters)
        : SoftmaxParameters.with(
            this,
            parameters.of(tiedTo).get(WordEmbeddingParameters.WEIGHT_KEY, nOut, nIn),
            parameters);
  }

  @Override
  public ParamInitializer initializer() {
    return tiedTo == null ? DefaultParamInitializer.getInstance() : TiedWeights.Parameters.INSTANCE;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    return InputType.recurrent(nOut, sequences(inputType).getTimeSeriesLength());
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    if (nIn <= 0 || override) {
      nIn = sequences(inputType).getSize();
    }
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SequenceSoftmax that
        && Objects.equals(tiedTo, that.tiedTo)
        && labelSmoothing == that.labelSmoothing
        && super.equals(that);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), tiedTo, labelSmoothing);
  }

  private InputType.InputTypeRecurrent sequences(InputType inputType) {
    if (inputType instanceof InputType.InputTypeRecurrent recurrent) {
      return recurrent;
    }
    throw new IllegalStateException(
        "layer \""
            + layerName
            + "\": expected sequences, InputType.recurrent(…), got "
            + inputType);
  }

  /** Builds a {@link SequenceSoftmax}; {@code nOut} is the number of classes. */
  @SuppressWarnings("unchecked") // build() narrows a type variable, as in Deeplearning4j's own
  public static final class Builder extends BaseOutputLayer.Builder<Builder> {
    private String tiedTo;
    private double labelSmoothing;

    /**
     * Takes the table of a {@link WordEmbedding} of {@code nOut} words and vectors of size {@code
     * nIn} for weights, which {@link TiedWeights#connect} hands over.
     *
     * @param embedding the name of its layer; null, which is the default, for weights of its own
     */
    public Builder tiedTo(String embedding) {
      this.tiedTo = embedding;
      return this;
    }

    /**
     * Trains on {@code (1 - share) y + share / nOut} in place of the labels y, so that nothing is
     * learnt to be impossible (Szegedy et al. 2016, "Rethinking the Inception Architecture for
     * Computer Vision", section 7). The loss of a step in training is that of these labels; what is
     * scored without training is the cross-entropy of the labels themselves.
     *
     * @param share from 0, which is the default, to below 1
     */
    public Builder labelSmoothing(double share) {
      if (!(share >= 0 && share < 1)) {
        throw new IllegalArgumentException(
            "the share of label smoothing must be from 0 to below 1, got " + share);
      }
      this.labelSmoothing = share;
      return this;
    }

    @Override
    public SequenceSoftmax build() {
      setActivationFn(new ActivationSoftmax());
      setLossFn(new LossMCXENT());
      hasBias(true);
      return new SequenceSoftmax(this);
    }
  }
}
