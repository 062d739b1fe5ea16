package dev.unroll.layers.output;

import dev.unroll.layers.forward.ForwardPart;
import dev.unroll.layers.forward.LayerParameters;
import dev.unroll.layers.sequences.SequenceConfiguration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The end of a network that decides on one of very many classes at every time step, such as the
 * words of a language: a softmax that spends most on the classes that occur most (É. Grave, A.
 * Joulin, M. Cissé, D. Grangier and H. Jégou, <i>Efficient softmax approximation for GPUs</i>, ICML
 * 2017).
 *
 * <pre>
 *   classes by frequency    0 … c₁-1 | c₁ … c₂-1 | c₂ … nOut-1
 *                             head       tail 1      tail 2
 *
 *   head     softmax(W h + b)            over c₁ classes and a symbol for each tail
 *   tail i   softmax(Wᵢ (Pᵢ h) + bᵢ)     over its classes, the state being projected to dᵢ values
 *
 *   -log P(class) = -log P(head's symbol) - log P(class | tail)
 * </pre>
 *
 * <p>A step of training computes a tail only for the steps whose label is in it. Nothing of this is
 * approximate: it is another model than a full softmax, whose probabilities sum to 1, and its loss
 * is theirs.
 *
 * <pre>
 *   in      [batch, nIn, time]
 *   labels  [batch, 1, time]     a class number a step, or one-hot [batch, nOut, time]
 *   mask    [batch, time]        a masked step counts for nothing, its label is not looked at
 *   out     [batch, nOut, time]  the probabilities of all classes
 * </pre>
 *
 * <p>Classes are numbered by falling frequency, but for those that {@link Builder#frequent} names.
 * Parameters, all column by column: {@code W [nIn, c₁ + tails]} and {@code b}; for tail i {@code Pi
 * [nIn, dᵢ]}, {@code Wi [dᵢ, classes of the tail]} and {@code bi}. They are those of PyTorch's
 * {@code AdaptiveLogSoftmaxWithLoss}, transposed, but that tails have a bias here. The values of a
 * class lie side by side, as a row of an embedding's table does, so that weights could be tied to
 * such rows; they are not yet.
 */
public final class AdaptiveSoftmax extends SequenceConfiguration
    implements ForwardPart.Source, OutputSteps.Source {
  static final int FACTOR = 4;
  static final int MINIMUM_WIDTH = 16;

  private static final long serialVersionUID = 1L;

  @JsonProperty private int[] cutoffs;
  @JsonProperty private int factor;
  @JsonProperty private int minimumWidth;
  @JsonProperty private int[] frequent;

  /** For deserialisation. */
  @SuppressWarnings("unused")
  private AdaptiveSoftmax() {}

  private AdaptiveSoftmax(Builder builder) {
    super(builder);
    this.cutoffs = builder.cutoffs;
    this.factor = builder.factor;
    this.minimumWidth = builder.minimumWidth;
    this.frequent = builder.frequent;
    initializeConstraints(builder);
  }

  /** How the classes are divided, checked. */
  AdaptiveShape shape() {
    return new AdaptiveShape(
        Math.toIntExact(nIn),
        Math.toIntExact(nOut),
        Arrays.stream(cutoffs).boxed().toList(),
        factor,
        minimumWidth);
  }

  /** Symbols of the head: what every step is compared with. */
  public int headSize() {
    return shape().head();
  }

  /**
   * Where the tails begin, ascending: ranks by frequency, of which 0 is the most frequent class.
   */
  public List<Integer> cutoffs() {
    return shape().cutoffs();
  }

  /** The rank of each class by its frequency. */
  public int[] ranks() {
    ClassOrder order = order();
    return IntStream.range(0, Math.toIntExact(nOut)).map(order::rank).toArray();
  }

  /** The ranks of the classes, checked. */
  ClassOrder order() {
    return new ClassOrder(Math.toIntExact(nOut), frequent);
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    shape();
    order();
    if (getWeightNoise() != null) {
      throw new IllegalArgumentException("an adaptive softmax takes no weight noise");
    }
    return ready(
        new AdaptiveSoftmaxLayer(conf, dataType),
        conf,
        listeners,
        layerIndex,
        parameters,
        initialize);
  }

  @Override
  public ForwardPart forward(LayerParameters parameters) {
    return new AdaptiveForward(shape(), pass(parameters));
  }

  @Override
  public OutputSteps steps(LayerParameters parameters) {
    return new AdaptiveSteps(shape(), pass(parameters));
  }

  private FloatAdaptivePass pass(LayerParameters parameters) {
    return new FloatAdaptivePass(
        shape(),
        order(),
        AdaptiveParameters.pointers(shape(), parameters),
        new FloatAdaptivePass.Room());
  }

  @Override
  public ParamInitializer initializer() {
    return AdaptiveParameters.INSTANCE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AdaptiveSoftmax that
        && Arrays.equals(cutoffs, that.cutoffs)
        && factor == that.factor
        && minimumWidth == that.minimumWidth
        && Arrays.equals(frequent, that.frequent)
        && super.equals(that);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        super.hashCode(),
        Arrays.hashCode(cutoffs),
        factor,
        minimumWidth,
        Arrays.hashCode(frequent));
  }

  /** Builds an {@link AdaptiveSoftmax}; {@code nOut} is the number of classes. */
  @SuppressWarnings("unchecked") // build() narrows a type variable, as in Deeplearning4j's own
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {
    private int[] cutoffs = {};
    private int factor = FACTOR;
    private int minimumWidth = MINIMUM_WIDTH;
    private int[] frequent = {};

    /**
     * Where the tails begin, ascending; see {@link AdaptiveCutoffs}.
     *
     * @param ranks of the first class of each tail, from 1 to below the number of classes
     */
    public Builder cutoffs(int... ranks) {
      this.cutoffs = ranks.clone();
      return this;
    }

    /** By how much a tail's projection is narrower than the one before; 4 unless said otherwise. */
    public Builder factor(int divisor) {
      this.factor = divisor;
      return this;
    }

    /** No projection is narrower than this, or than the state; 16 unless said otherwise. */
    public Builder minimumWidth(int values) {
      this.minimumWidth = values;
      return this;
    }

    /** Classes that are more frequent than all others, whatever their numbers. */
    public Builder frequent(int... classes) {
      this.frequent = classes.clone();
      return this;
    }

    @Override
    public AdaptiveSoftmax build() {
      setActivationFn(new ActivationIdentity());
      return new AdaptiveSoftmax(this);
    }
  }
}
