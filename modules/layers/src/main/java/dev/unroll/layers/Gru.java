package dev.unroll.layers;

import dev.unroll.layers.kernel.Cell;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Gated recurrent unit; see {@link Cell#GRU} and {@link Cell#GRU_RESET_AFTER} for the equations.
 *
 * <p>Parameters: {@code W [nIn, 3 nOut]}, {@code RW [nOut, 3 nOut]} in blocks reset gate, update
 * gate, candidate, and {@code b [3 nOut]}; with {@link Builder#resetAfter} {@code b [4 nOut]},
 * whose last block is the candidate's recurrent bias.
 *
 * <pre>{@code
 * new Gru.Builder().nOut(256).resetAfter(true).build()
 * }</pre>
 */
public final class Gru extends Recurrent {
  private static final long serialVersionUID = 1L;

  @JsonProperty private boolean resetAfter;

  /** For Jackson. */
  Gru() {}

  private Gru(Builder builder) {
    super(builder);
    resetAfter = builder.resetAfter;
  }

  @Override
  public Cell cell() {
    return resetAfter ? Cell.GRU_RESET_AFTER : Cell.GRU;
  }

  /** Builds a {@link Gru}. */
  @SuppressWarnings("unchecked") // build() is generic in Deeplearning4j
  public static final class Builder extends Recurrent.Builder<Builder> {
    private boolean resetAfter;

    /**
     * Whether the reset gate acts after the product with the recurrent weights, as in cuDNN, Keras
     * and PyTorch, instead of before it, as in the paper; false unless set.
     */
    public Builder resetAfter(boolean after) {
      resetAfter = after;
      return this;
    }

    @Override
    public Gru build() {
      return new Gru(this);
    }
  }
}
