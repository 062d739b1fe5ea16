package dev.unroll.layers.attention;

import dev.unroll.layers.forward.LayerParameters;
import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.CellSteps;
import dev.unroll.layers.kernel.Kernels;
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
 * A decoder that knows where it looked: the attentional vector of a step is part of the input of
 * the next (T. Luong, H. Pham, C. Manning, <i>Effective Approaches to Attention-based Neural
 * Machine Translation</i>, EMNLP 2015, section 3.3). A recurrent cell and an {@link Attention} in
 * one layer, as neither can be computed before the other.
 *
 * <pre>
 *   h t = cell(x t | out t-1, h t-1)        out 0 is zero
 *   out t = attention(h t, source)
 *
 *   x        [batch, nIn, T]         by way of an {@link AttentionSource}
 *   source   [batch, nSource, S]
 *   state    [batch, width]          h, and in an LSTM h | c, in which it begins; may be left out
 *   out      [batch, nOut, T]
 * </pre>
 *
 * <p>Masks act as in {@link Attention}; a sequence begins in the given state at its own first valid
 * step, and after a hole in zeros. It takes longer than a cell and an attention apart, as no
 * product is over several steps.
 *
 * <p>Parameters, column after column: {@code W [nIn + nOut, gates units]}, {@code RW [units, gates
 * units]} and {@code b} of the {@link Cell}, then those of an {@link Attention} whose states are
 * the cell's.
 *
 * <pre>{@code
 * .addVertex("look", new AttentionSource(), "target", "encoder", "meaning")
 * .addLayer("decoder",
 *     new InputFeeding.Builder(Cell.LSTM, Score.GENERAL).units(256).nSource(512).nOut(256).build(), "look")
 * }</pre>
 */
public final class InputFeeding extends SequenceConfiguration {
  private static final long serialVersionUID = 1L;

  @JsonProperty private Cell cell;
  @JsonProperty private Score score;
  @JsonProperty private int units;
  @JsonProperty private int nSource;
  @JsonProperty private int nHidden;

  /** For deserialisation. */
  @SuppressWarnings("unused")
  private InputFeeding() {}

  private InputFeeding(Builder builder) {
    super(builder);
    this.cell = builder.cell;
    this.score = builder.score;
    this.units = builder.units;
    this.nSource = builder.nSource;
    this.nHidden = builder.nHidden;
    initializeConstraints(builder);
  }

  /** The units of the cell. */
  public int units() {
    return units;
  }

  FeedingShape shape() {
    int inputs = Math.toIntExact(nIn);
    int outputs = Math.toIntExact(nOut);
    return new FeedingShape(
        inputs,
        new CellShape(cell, inputs + outputs, units),
        new AttentionShape(score, units, nSource, nHidden, outputs));
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    if (nIn < 1 || getWeightNoise() != null) {
      throw new IllegalArgumentException(
          "layer \"%s\": input feeding needs nIn of at least 1 and no weight noise, got %d and %s"
              .formatted(layerName, nIn, getWeightNoise()));
    }
    return ready(
        new InputFeedingLayer(conf, shape(), dataType),
        conf,
        listeners,
        layerIndex,
        parameters,
        initialize);
  }

  @Override
  public ParamInitializer initializer() {
    return InputFeedingParameters.INSTANCE;
  }

  /** The cell for one step at a time. */
  CellSteps cellSteps(LayerParameters parameters) {
    return new CellSteps(
        Kernels.withoutArrays(cell, DataType.FLOAT),
        shape().cell(),
        InputFeedingParameters.cell(shape(), parameters));
  }

  /** The gates and the state, and what an attention keeps. */
  @Override
  protected long kept(InputType inputType) {
    long steps = Math.max(1, sequences(inputType).getTimeSeriesLength());
    return steps * ((cell.gates() + 2L) * units + nSource + nOut + nHidden);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InputFeeding that
        && cell == that.cell
        && score == that.score
        && units == that.units
        && nSource == that.nSource
        && nHidden == that.nHidden
        && super.equals(that);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), cell, score, units, nSource, nHidden);
  }

  /** Builds an {@link InputFeeding}; {@code nOut} is the width of the attentional vector. */
  @SuppressWarnings("unchecked") // build() narrows a type variable, as in Deeplearning4j's own
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {
    private final Cell cell;
    private final Score score;
    private int units;
    private int nSource;
    private int nHidden;

    /** A decoder of such cells, whose states are compared by the given score. */
    public Builder(Cell cell, Score score) {
      this.cell = cell;
      this.score = score;
    }

    /** The units of the cell. */
    public Builder units(int count) {
      this.units = count;
      return this;
    }

    /** The width of the source. */
    public Builder nSource(int width) {
      this.nSource = width;
      return this;
    }

    /** The units that compare; {@code nOut} unless set. Of {@link Score#ADDITIVE} only. */
    public Builder nHidden(int count) {
      this.nHidden = count;
      return this;
    }

    @Override
    public InputFeeding build() {
      setActivationFn(new ActivationTanH());
      if (score == Score.ADDITIVE && nHidden == 0) {
        nHidden = Math.toIntExact(getNOut());
      }
      return new InputFeeding(this);
    }
  }
}
