package dev.unroll.layers.characters;

import dev.unroll.layers.forward.ForwardPart;
import dev.unroll.layers.forward.LayerParameters;
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
 * Makes a vector of the spelling of each word: a convolution over the vectors of its characters,
 * the largest response of each filter, and tanh (X. Ma, E. Hovy, <i>End-to-end Sequence Labeling
 * via Bi-directional LSTM-CNNs-CRF</i>, ACL 2016, section 2.1).
 *
 * <pre>
 *   in    [batch, characters, time]   a column is a word, its character numbers from the top,
 *                                     0 below its last character
 *         B  a  .                     "Bo", "an" and a padded step
 *         o  n  .
 *   mask  1  1  0                     the padded step gives zeros and is never looked at
 *   out   [batch, nOut, time]         a number a filter
 * </pre>
 *
 * <p>{@code nIn} is how many characters there are, 0 (none) among them, and {@code nOut} the number
 * of filters. Parameters: {@code C [nIn, dimensions]}, a vector a character; {@code W [window x
 * dimensions, nOut]}, the filters, from the first character of the window to the last; {@code b [1,
 * nOut]}. What lies beyond a word's ends counts as zeros.
 */
public final class CharacterConvolution extends SequenceConfiguration
    implements ForwardPart.Source {
  private static final long serialVersionUID = 1L;

  @JsonProperty private int dimensions;
  @JsonProperty private int window;

  /** For deserialisation. */
  @SuppressWarnings("unused")
  private CharacterConvolution() {}

  private CharacterConvolution(Builder builder) {
    super(builder);
    this.dimensions = builder.dimensions;
    this.window = builder.window;
    initializeConstraints(builder);
  }

  /** The length of a character's vector. */
  public int dimensions() {
    return dimensions;
  }

  /** The number of neighbouring characters that a filter sees. */
  public int window() {
    return window;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    if (nIn < 2 || nOut < 1 || dimensions < 1 || window < 1) {
      throw new IllegalArgumentException(
          "a character convolution needs 2 characters and a filter, dimension and window of at"
              + " least 1, got nIn %d, nOut %d, dimensions %d, window %d"
                  .formatted(nIn, nOut, dimensions, window));
    }
    if (getIDropout() != null) {
      throw new IllegalArgumentException(
          "dropout makes no sense on character numbers: give %s to the layer that reads \"%s\""
              .formatted(getIDropout(), layerName));
    }
    return ready(
        new CharacterConvolutionLayer(conf, dataType),
        conf,
        listeners,
        layerIndex,
        parameters,
        initialize);
  }

  @Override
  public ForwardPart forward(LayerParameters parameters) {
    return new CharacterForward(this, parameters);
  }

  @Override
  public ParamInitializer initializer() {
    return CharacterConvolutionParameters.INSTANCE;
  }

  /** Nothing to learn from the input: how many characters there are is no size of an array. */
  @Override
  public void setNIn(InputType inputType, boolean override) {}

  @Override
  protected String reads() {
    return "words of characters";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CharacterConvolution that
        && dimensions == that.dimensions
        && window == that.window
        && super.equals(that);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), dimensions, window);
  }

  /** Builds a {@link CharacterConvolution}. */
  @SuppressWarnings("unchecked") // build() narrows a type variable, as in Deeplearning4j's own
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {
    private int dimensions = 25;
    private int window = 3;

    /** The length of a character's vector; 25 unless set. */
    public Builder dimensions(int dimensions) {
      this.dimensions = dimensions;
      return this;
    }

    /** The number of neighbouring characters that a filter sees; 3 unless set. */
    public Builder window(int window) {
      this.window = window;
      return this;
    }

    @Override
    public CharacterConvolution build() {
      setActivationFn(new ActivationTanH());
      return new CharacterConvolution(this);
    }
  }
}
