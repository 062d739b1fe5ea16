package dev.unroll.layers.convolution;

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
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A convolution over time: filters that look at a window of neighbouring steps, and rectify what
 * they see, {@code y = max(0, x W + b)} with the window as the row {@code x}. With a stride of more
 * than 1 it reads as many steps as one.
 *
 * <pre>
 *   in    [batch, nIn, time]               a b c d e f g
 *   out   [batch, nOut, ⌈time / stride⌉]   window 4, stride 2:  .abc  bcde  defg  fg..
 *   mask  a step that is not there counts as zeros; one that was made of none that is there is zero
 *         itself, and masked
 * </pre>
 *
 * <p>Parameters: {@code W [window x nIn, nOut]}, the filters, from the first step of the window to
 * the last; {@code b [1, nOut]}. The window lies around the steps that it stands for, with one step
 * more behind them than before if it must.
 */
public final class SequenceConvolution extends SequenceConfiguration implements ForwardPart.Source {
  private static final long serialVersionUID = 1L;

  @JsonProperty private int window;
  @JsonProperty private int stride;

  /** For deserialisation. */
  @SuppressWarnings("unused")
  private SequenceConvolution() {}

  private SequenceConvolution(Builder builder) {
    super(builder);
    this.window = builder.window;
    this.stride = builder.stride;
    initializeConstraints(builder);
  }

  /** The number of neighbouring steps that a filter sees. */
  public int window() {
    return window;
  }

  /** How many steps become one. */
  public int stride() {
    return stride;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    if (nIn < 1 || nOut < 1 || stride < 1 || window < stride) {
      throw new IllegalArgumentException(
          "a convolution needs nIn, nOut and stride from 1 and a window from its stride, got nIn"
              + " %d, nOut %d, stride %d, window %d".formatted(nIn, nOut, stride, window));
    }
    return ready(
        new SequenceConvolutionLayer(conf, dataType),
        conf,
        listeners,
        layerIndex,
        parameters,
        initialize);
  }

  @Override
  public ForwardPart forward(LayerParameters parameters) {
    return new ConvolutionForward(this, parameters);
  }

  @Override
  public ParamInitializer initializer() {
    return SequenceConvolutionParameters.INSTANCE;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    long time = sequences(inputType).getTimeSeriesLength();
    return InputType.recurrent(nOut, time > 0 ? (time + stride - 1) / stride : time);
  }

  @Override
  protected long kept(InputType inputType) {
    long time = Math.max(0, sequences(inputType).getTimeSeriesLength());
    return (time + stride - 1) / stride * window * nIn;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SequenceConvolution that
        && window == that.window
        && stride == that.stride
        && super.equals(that);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), window, stride);
  }

  /** Builds a {@link SequenceConvolution}. */
  @SuppressWarnings("unchecked") // build() narrows a type variable, as in Deeplearning4j's own
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {
    private int window = 3;
    private int stride = 1;

    /** The number of neighbouring steps that a filter sees; 3 unless set. */
    public Builder window(int window) {
      this.window = window;
      return this;
    }

    /** How many steps become one; 1 unless set. */
    public Builder stride(int stride) {
      this.stride = stride;
      return this;
    }

    @Override
    public SequenceConvolution build() {
      setActivationFn(new ActivationReLU());
      return new SequenceConvolution(this);
    }
  }
}
