package dev.unroll.layers.attention;

import dev.unroll.layers.sequences.SequenceConfiguration;
import java.util.Collection;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Global attention: lets every state of a decoder look at all steps of a source, and makes one
 * vector of what it sees and of itself (T. Luong, H. Pham, C. Manning, <i>Effective Approaches to
 * Attention-based Neural Machine Translation</i>, EMNLP 2015, equations 5 and 7).
 *
 * <pre>
 *   a = softmax over the source of {@link Score score}(h, s)     how much h looks at each s
 *   c = Σ a s                                                    the context
 *   out = tanh((c | h) Wc)                                       the attentional vector
 *
 *   states   [batch, nIn, T]         h, by way of an {@link AttentionSource}
 *   source   [batch, nSource, S]     s
 *   out      [batch, nOut, T]
 * </pre>
 *
 * <p>A masked step of the source has the weight 0; a source without any valid step gives the
 * context 0. A masked state gives zeros and takes no gradient.
 *
 * <p>Parameters, column after column and in this order: {@code Wk [nSource, nIn]} of {@link
 * Score#GENERAL}; or {@code Wk [nSource, nHidden]}, {@code Wq [nIn, nHidden]} and {@code v
 * [nHidden, 1]} of {@link Score#ADDITIVE}; then {@code Wc [nSource + nIn, nOut]}.
 *
 * <pre>{@code
 * .addVertex("look", new AttentionSource(), "decoder", "encoder")
 * .addLayer("attention", new Attention.Builder(Score.GENERAL).nSource(512).nOut(256).build(), "look")
 * }</pre>
 */
public final class Attention extends SequenceConfiguration {
  private static final long serialVersionUID = 1L;

  @JsonProperty private Score score;
  @JsonProperty private int nSource;
  @JsonProperty private int nHidden;

  /** For deserialisation. */
  @SuppressWarnings("unused")
  private Attention() {}

  private Attention(Builder builder) {
    super(builder);
    this.score = builder.score;
    this.nSource = builder.nSource;
    this.nHidden = builder.nHidden;
    initializeConstraints(builder);
  }

  AttentionShape shape() {
    return new AttentionShape(score, Math.toIntExact(nIn), nSource, nHidden, Math.toIntExact(nOut));
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    if (getWeightNoise() != null) {
      throw new IllegalArgumentException(
          "layer \"%s\": attention takes no weight noise, got %s"
              .formatted(layerName, getWeightNoise()));
    }
    return ready(
        new AttentionLayer(conf, shape(), dataType),
        conf,
        listeners,
        layerIndex,
        parameters,
        initialize);
  }

  @Override
  public ParamInitializer initializer() {
    return AttentionParameters.INSTANCE;
  }

  @Override
  protected String reads() {
    return "the states of a decoder";
  }

  /** Of a state: its context, its output and, if made, its query. */
  @Override
  protected long kept(InputType inputType) {
    long steps = Math.max(1, sequences(inputType).getTimeSeriesLength());
    return steps * (nSource + nOut + nHidden);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attention that
        && score == that.score
        && nSource == that.nSource
        && nHidden == that.nHidden
        && super.equals(that);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), score, nSource, nHidden);
  }

  /** Builds an {@link Attention}; {@code nOut} is the width of the attentional vector. */
  @SuppressWarnings("unchecked") // build() narrows a type variable, as in Deeplearning4j's own
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {
    private final Score score;
    private int nSource;
    private int nHidden;

    /** An attention that compares by the given score. */
    public Builder(Score score) {
      this.score = score;
    }

    /** The width of the source. */
    public Builder nSource(int width) {
      this.nSource = width;
      return this;
    }

    /** The units that compare; {@code nOut} unless set. Of {@link Score#ADDITIVE} only. */
    public Builder nHidden(int units) {
      this.nHidden = units;
      return this;
    }

    @Override
    public Attention build() {
      setActivationFn(new ActivationTanH());
      if (score == Score.ADDITIVE && nHidden == 0) {
        nHidden = Math.toIntExact(getNOut());
      }
      return new Attention(this);
    }
  }
}
