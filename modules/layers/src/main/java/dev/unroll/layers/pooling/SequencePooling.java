package dev.unroll.layers.pooling;

import dev.unroll.layers.forward.ForwardPart;
import dev.unroll.layers.forward.LayerParameters;
import dev.unroll.layers.forward.Steps;
import dev.unroll.layers.memory.Slab;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Makes one vector of a sequence: {@code [batch, features, time]} in, {@code [batch, k * features]}
 * out, where the k summaries stand one after another in the order in which they were named.
 *
 * <pre>
 *   feature   3  1  4  .        MAX 4, MEAN 8/3, FIRST 3, LAST 4, MIDDLE 1;
 *   mask      1  1  1  0        the padded step counts for nothing
 * </pre>
 *
 * <p>A sequence without a single valid step gives zeros, and takes no gradient. The mask ends here:
 * what follows has no time.
 */
public final class SequencePooling extends NoParamLayer implements ForwardPart.Source {
  private static final long serialVersionUID = 1L;
  private static final double HALF = 0.5;

  /** A summary over the valid steps of a sequence. */
  public enum Summary {
    /** The largest value; its gradient goes to the first step that has it. */
    MAX,
    /** The arithmetic mean. */
    MEAN,
    /** The value at the last valid step. */
    LAST,
    /** The value at the first valid step. */
    FIRST,
    /**
     * The value at the valid step in the middle, or at another share of them ({@link
     * Builder#middle}); where that is between two steps, at the one before.
     */
    MIDDLE
  }

  @JsonProperty private List<Summary> summaries;
  @JsonProperty private double middle = HALF;

  /** For deserialisation. */
  @SuppressWarnings("unused")
  private SequencePooling() {}

  private SequencePooling(Builder builder) {
    super(builder);
    this.summaries = builder.summaries;
    this.middle = builder.middle;
  }

  /** The summaries, in the order of the output. */
  public List<Summary> summaries() {
    return summaries;
  }

  /** The share of the valid steps, from 0 to 1, that {@link Summary#MIDDLE} is the last of. */
  public double middle() {
    return middle;
  }

  @Override
  public org.deeplearning4j.nn.api.Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    SequencePoolingLayer layer = new SequencePoolingLayer(conf, dataType);
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    return layer;
  }

  @Override
  public ForwardPart.Layer forward(LayerParameters parameters) {
    Slab vectors = new Slab(DataType.FLOAT);
    return below -> {
      Slab values = below.values();
      float[] pooled =
          new PooledSequences(below.batch(), below.width(), below.time(), below.mask(), this)
              .forward(values::floats);
      vectors.reserve(pooled.length).floats().put(pooled);
      return Steps.vectors(vectors, below.batch(), summaries.size() * below.width());
    };
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (inputType instanceof InputType.InputTypeRecurrent recurrent) {
      return InputType.feedForward(recurrent.getSize() * summaries.size());
    }
    throw new IllegalStateException(
        "layer \""
            + layerName
            + "\": expected sequences, InputType.recurrent(…), got "
            + inputType);
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return null;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    InputType outputType = getOutputType(-1, inputType);
    return new LayerMemoryReport.Builder(layerName, SequencePooling.class, inputType, outputType)
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, outputType.arrayElementsPerExample())
        .cacheMemory(0, 0)
        .build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SequencePooling that
        && summaries.equals(that.summaries)
        && middle == that.middle
        && super.equals(that);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), summaries, middle);
  }

  /** Builds a {@link SequencePooling}. */
  @SuppressWarnings("unchecked") // build() narrows a type variable, as in Deeplearning4j's own
  public static final class Builder extends Layer.Builder<Builder> {
    private final List<Summary> summaries;
    private double middle = HALF;

    /** A pooling to at least one summary. */
    public Builder(Summary... summaries) {
      if (summaries.length == 0) {
        throw new IllegalArgumentException(
            "name at least one summary of " + Arrays.toString(Summary.values()));
      }
      this.summaries = List.of(summaries);
    }

    /**
     * Where {@link Summary#MIDDLE} is: 0 is the first valid step, 1 the last, a half the one in the
     * middle, as without it.
     */
    public Builder middle(double share) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("a share is from 0 to 1, got " + share);
      }
      this.middle = share;
      return this;
    }

    @Override
    public SequencePooling build() {
      return new SequencePooling(this);
    }
  }
}
