package dev.unroll.layers;

import dev.unroll.layers.kernel.Cell;

/**
 * Elman's network, {@code h' = tanh(x W + h RW + b)}.
 *
 * <p>Parameters have the names and layouts of Deeplearning4j's {@code SimpleRnn}: {@code W [nIn,
 * nOut]}, {@code RW [nOut, nOut]}, {@code b [nOut]}. Unlike that layer, this one forgets its state
 * at masked steps, so leading padding does not change the answer.
 *
 * <pre>{@code
 * new SimpleRnn.Builder().nOut(128).build()
 * }</pre>
 */
public final class SimpleRnn extends Recurrent {
  private static final long serialVersionUID = 1L;

  /** For Jackson. */
  SimpleRnn() {}

  private SimpleRnn(Builder builder) {
    super(builder);
  }

  @Override
  public Cell cell() {
    return Cell.TANH;
  }

  /** Builds a {@link SimpleRnn}. */
  @SuppressWarnings("unchecked") // build() is generic in Deeplearning4j
  public static final class Builder extends Recurrent.Builder<Builder> {

    @Override
    public SimpleRnn build() {
      return new SimpleRnn(this);
    }
  }
}
