package dev.unroll.layers.crf;

import dev.unroll.layers.forward.ForwardPart;
import dev.unroll.layers.forward.LayerParameters;
import dev.unroll.layers.sequences.SequenceConfiguration;
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
 *
 * <p>A field adds up what all steps say, so where hundreds of them say the same thing it is sure
 * long before it is right, and teaches the layers below little. A {@link Builder#hybrid hybrid} is
 * for such long stretches: a softmax of each step teaches these layers, as in speech recognition
 * before everything was trained together (H. Bourlard and N. Morgan, <i>Connectionist Speech
 * Recognition: A Hybrid Approach</i>, Kluwer 1994, chapter 7), and the field learns from what the
 * softmax says, scaled by {@code a [1, nOut]} and moved by {@code c [1, nOut]}, which are learnt
 * with {@code T}, {@code s} and {@code e}. The loss is the sum of both.
 */
public final class Crf extends SequenceConfiguration implements ForwardPart.Source {
  private static final long serialVersionUID = 1L;

  /** As {@link CrfConstraints#toString} wrote it; null where all is allowed. */
  @JsonProperty private String allowed;

  @JsonProperty private boolean hybrid;

  /** For deserialisation. */
  @SuppressWarnings("unused")
  private Crf() {}

  private Crf(Builder builder) {
    super(builder);
    this.allowed = builder.constraints == null ? null : builder.constraints.toString();
    this.hybrid = builder.hybrid;
    initializeConstraints(builder);
  }

  /** Which label may follow which. */
  public CrfConstraints labelConstraints() {
    return allowed == null
        ? CrfConstraints.none(Math.toIntExact(nOut))
        : CrfConstraints.parse(allowed);
  }

  /** Whether the layers below are taught by a softmax of each step. */
  public boolean isHybrid() {
    return hybrid;
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
    return ready(new CrfLayer(conf, dataType), conf, listeners, layerIndex, parameters, initialize);
  }

  /** The scores of single steps, and the lattices that follow from them. */
  @Override
  public CrfForward forward(LayerParameters parameters) {
    return new CrfForward(this, parameters);
  }

  @Override
  public ParamInitializer initializer() {
    return CrfParameters.INSTANCE;
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return InputTypeUtil.getPreprocessorForInputTypeRnnLayers(
        inputType, org.deeplearning4j.nn.conf.RNNFormat.NCW, layerName);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Crf that
        && Objects.equals(allowed, that.allowed)
        && hybrid == that.hybrid
        && super.equals(that);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), allowed, hybrid);
  }

  /** Builds a {@link Crf}; {@code nOut} is the number of labels. */
  @SuppressWarnings("unchecked") // build() narrows a type variable, as in Deeplearning4j's own
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {
    private CrfConstraints constraints;
    private boolean hybrid;

    /** Makes some sequences of labels impossible; without it all are possible. */
    public Builder constraints(CrfConstraints constraints) {
      this.constraints = constraints;
      return this;
    }

    /** Lets a softmax of each step teach the layers below; without it the field does. */
    public Builder hybrid(boolean hybrid) {
      this.hybrid = hybrid;
      return this;
    }

    @Override
    public Crf build() {
      setActivationFn(new ActivationIdentity());
      return new Crf(this);
    }
  }
}
