package dev.unroll.layers;

import dev.unroll.layers.forward.ForwardPart;
import dev.unroll.layers.forward.LayerParameters;
import dev.unroll.layers.sequences.SequenceConfiguration;
import java.util.Collection;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.params.EmptyParamInitializer;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A table with a vector for every word: ids {@code [batch, 1, time]} (or {@code [batch, time]}) in,
 * vectors {@code [batch, nOut, time]} out.
 *
 * <pre>
 *   ids   12  7  3  .        column t of the output is row ids[t] of W;
 *   mask   1  1  1  0        the padded step gives zeros, and its id is never looked at
 * </pre>
 *
 * <p>It differs from Deeplearning4j's {@code EmbeddingSequenceLayer} in that each word's vector is
 * contiguous (parameter {@code W} is {@code [nIn, nOut]} in 'c' order), and in that a step costs
 * what its words cost and nothing that grows with the vocabulary: see {@link RowSparse}.
 *
 * <p>Unless told otherwise the table starts uniform in ±√(3 / nOut), which gives vectors of
 * expected squared length 1 (Lample et al. 2016, "Neural Architectures for Named Entity
 * Recognition", section 4.3).
 */
public final class WordEmbedding extends SequenceConfiguration implements ForwardPart.Source {
  private static final long serialVersionUID = 1L;

  /** Ids arrive as floats, which name every whole number up to here. */
  private static final long LARGEST_VOCABULARY = 1L << 24;

  @JsonProperty private boolean frozen;
  @JsonProperty private String tiedTo;

  /** For deserialisation. */
  @SuppressWarnings("unused")
  private WordEmbedding() {}

  private WordEmbedding(Builder builder) {
    super(builder);
    this.frozen = builder.frozen;
    this.tiedTo = builder.tiedTo;
    initializeConstraints(builder);
  }

  /** Whether the table is left as it is in training. */
  public boolean isFrozen() {
    return frozen;
  }

  /** The name of the word embedding whose table this one reads, or null; {@link TiedWeights}. */
  public String getTiedTo() {
    return tiedTo;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    if (nIn < 1 || nIn > LARGEST_VOCABULARY || nOut < 1) {
      throw new IllegalArgumentException(
          "a word embedding needs nIn from 1 to "
              + LARGEST_VOCABULARY
              + " and nOut from 1, got "
              + nIn
              + " and "
              + nOut);
    }
    if (getIDropout() != null) {
      throw new IllegalArgumentException(
          "dropout makes no sense on word ids: give "
              + getIDropout()
              + " to the layer that reads"
              + " the vectors of \""
              + layerName
              + "\"");
    }
    if (frozen && tiedTo != null) {
      throw new IllegalArgumentException(
          "layer \"%s\" reads the table of \"%s\", and cannot freeze it"
              .formatted(layerName, tiedTo));
    }
    return ready(
        new WordEmbeddingLayer(conf, dataType),
        conf,
        listeners,
        layerIndex,
        parameters,
        initialize);
  }

  /** The table's rows, as {@link WordEmbeddingLayer} looks them up. */
  @Override
  public ForwardPart.Layer forward(LayerParameters parameters) {
    EmbeddingSteps table = steps(parameters);
    return below -> {
      float[] values = below.require(1).toArray();
      int[] ids = new int[values.length];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = (int) values[i];
      }
      StepPart.Features vectors = table.step(ids);
      return below.with(vectors.values(), vectors.width());
    };
  }

  /** The layer as {@link Stepper} uses it. */
  EmbeddingSteps steps(LayerParameters parameters) {
    LayerParameters owner = tiedTo == null ? parameters : parameters.of(tiedTo);
    return new EmbeddingSteps(
        owner.get(WordEmbeddingParameters.WEIGHT_KEY, nIn, nOut),
        Math.toIntExact(nIn),
        Math.toIntExact(nOut));
  }

  @Override
  public ParamInitializer initializer() {
    return tiedTo == null ? WordEmbeddingParameters.INSTANCE : EmptyParamInitializer.getInstance();
  }

  /** Nothing to learn from the input: the size of the vocabulary is no size of an array. */
  @Override
  public void setNIn(InputType inputType, boolean override) {}

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (inputType instanceof InputType.InputTypeRecurrent recurrent && recurrent.getSize() == 1) {
      return InputType.recurrent(nOut, recurrent.getTimeSeriesLength());
    }
    if (inputType instanceof InputType.InputTypeFeedForward steps) {
      return InputType.recurrent(nOut, steps.getSize());
    }
    throw new IllegalStateException(
        "layer \"" + layerName + "\": expected word ids, InputType.recurrent(1), got " + inputType);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WordEmbedding that
        && frozen == that.frozen
        && Objects.equals(tiedTo, that.tiedTo)
        && super.equals(that);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), frozen, tiedTo);
  }

  /** Builds a {@link WordEmbedding}; {@code nIn} is the size of the vocabulary. */
  @SuppressWarnings("unchecked") // build() narrows a type variable, as in Deeplearning4j's own
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {
    private boolean frozen;
    private String tiedTo;

    /** Leaves the table as it is in training, as one does with good pretrained vectors. */
    public Builder frozen(boolean frozen) {
      this.frozen = frozen;
      return this;
    }

    /**
     * Reads the table of another word embedding of the same {@code nIn} and {@code nOut}, which
     * {@link TiedWeights#connect} hands over: words of two sequences have the same vectors.
     *
     * @param embedding the name of its layer; null, which is the default, for a table of its own
     */
    public Builder tiedTo(String embedding) {
      this.tiedTo = embedding;
      return this;
    }

    @Override
    public WordEmbedding build() {
      setActivationFn(new ActivationIdentity());
      if (weightInitFn == null && nOut > 0) {
        double bound = Math.sqrt(3.0 / nOut);
        setWeightInitFn(new WeightInitDistribution(new UniformDistribution(-bound, bound)));
      }
      return new WordEmbedding(this);
    }
  }
}
