package dev.unroll.layers;

import dev.unroll.layers.forward.ForwardPart;
import dev.unroll.layers.forward.LayerParameters;
import dev.unroll.layers.forward.Linear;
import dev.unroll.layers.sequences.SequenceConfiguration;
import java.util.Collection;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A linear map of every step, {@code y = x W + b}: {@code [batch, nIn, time]} to {@code [batch,
 * nOut, time]}, such as vectors from elsewhere to the size that a network has room for.
 *
 * <p>Masked steps give zeros, and what their input is does not matter. Parameters are those of
 * Deeplearning4j's {@code DenseLayer}, {@code W [nIn, nOut]} and {@code b [nOut]}. All steps of all
 * examples are the rows of one matrix, and nothing is copied into another order; see {@link
 * dev.unroll.layers.memory.TimeMajor}.
 */
public final class SequenceProjection extends SequenceConfiguration implements ForwardPart.Source {
  private static final long serialVersionUID = 1L;

  @JsonProperty private boolean ofData;

  /** For deserialisation. */
  @SuppressWarnings("unused")
  private SequenceProjection() {}

  private SequenceProjection(Builder builder) {
    super(builder);
    this.ofData = builder.ofData;
    initializeConstraints(builder);
  }

  /** Whether nothing is learnt below the layer, which then gives no gradient for its input. */
  public boolean isOfData() {
    return ofData;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    if (nIn < 1 || nOut < 1) {
      throw new IllegalArgumentException(
          "a projection needs nIn and nOut from 1, got " + nIn + " and " + nOut);
    }
    return ready(
        new SequenceProjectionLayer(conf, dataType),
        conf,
        listeners,
        layerIndex,
        parameters,
        initialize);
  }

  @Override
  public Linear forward(LayerParameters parameters) {
    return Linear.of(this, true, parameters);
  }

  @Override
  public ParamInitializer initializer() {
    return DefaultParamInitializer.getInstance();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SequenceProjection that && ofData == that.ofData && super.equals(that);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), ofData);
  }

  /** Builds a {@link SequenceProjection}. */
  @SuppressWarnings("unchecked") // build() narrows a type variable, as in Deeplearning4j's own
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {
    private boolean ofData;

    /**
     * Says that the layer reads an input of the network, or what is made of one by layers that
     * learn nothing. It then gives no gradient for it, which costs as much as a forward pass.
     */
    public Builder ofData() {
      this.ofData = true;
      return this;
    }

    @Override
    public SequenceProjection build() {
      setActivationFn(new ActivationIdentity());
      return new SequenceProjection(this);
    }
  }
}
