package dev.unroll.layers;

import dev.unroll.layers.kernel.Cell;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Long short-term memory; see {@link Cell#LSTM} for the equations.
 *
 * <p>Parameters have the names and layouts of Deeplearning4j's own {@code LSTM}, so its parameters
 * can be set here: {@code W [nIn, 4 nOut]}, {@code RW [nOut, 4 nOut]}, {@code b [4 nOut]}, in
 * blocks: candidate, forget gate, output gate, input gate.
 *
 * <p>Under truncated back-propagation through time the state is carried from window to window, and
 * the backward pass uses the state from which the forward pass began. Deeplearning4j's {@code LSTM}
 * computes the forward pass again from the state of {@code rnnTimeStep}, which is zero in training,
 * so its gradients are those of another function: finite differences confirm ours and not those.
 *
 * <pre>{@code
 * new Lstm.Builder().nOut(256).dropOut(0.8).build()
 * }</pre>
 */
public final class Lstm extends Recurrent {
  private static final long serialVersionUID = 1L;

  @JsonProperty private double forgetGateBiasInit = 1;

  /** For Jackson. */
  Lstm() {}

  private Lstm(Builder builder) {
    super(builder);
    forgetGateBiasInit = builder.forgetGateBiasInit;
  }

  @Override
  public Cell cell() {
    return Cell.LSTM;
  }

  /** See {@link Builder#forgetGateBiasInit}. */
  public double getForgetGateBiasInit() {
    return forgetGateBiasInit;
  }

  @Override
  double initialBias(int block) {
    return block == 1 ? forgetGateBiasInit : 0;
  }

  /** Builds an {@link Lstm}. */
  @SuppressWarnings("unchecked") // build() is generic in Deeplearning4j
  public static final class Builder extends Recurrent.Builder<Builder> {
    private double forgetGateBiasInit = 1;

    /**
     * The bias that forget gates begin with; 1 unless set. A gate that is open at the start lets
     * derivatives through before anything is learnt (R. Jozefowicz, W. Zaremba, I. Sutskever, <i>An
     * Empirical Exploration of Recurrent Network Architectures</i>, ICML 2015).
     */
    public Builder forgetGateBiasInit(double bias) {
      forgetGateBiasInit = bias;
      return this;
    }

    @Override
    public Lstm build() {
      return new Lstm(this);
    }
  }
}
