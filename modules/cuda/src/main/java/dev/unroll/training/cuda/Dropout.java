package dev.unroll.training.cuda;

import dev.unroll.layers.dropout.DropoutKey;
import dev.unroll.layers.dropout.SequenceDropout;

/** The dropout of what a layer reads; none if there is none. */
final class Dropout {
  private final Context context;
  private final SequenceDropout dropout;

  /** The dropout of a layer, or null. */
  Dropout(Context context, SequenceDropout dropout) {
    this.context = context;
    this.dropout = dropout;
  }

  /** What is left. */
  Tensor forward(Tensor x) {
    if (dropout == null) {
      return x;
    }
    Tensor left = context.arena.take(x, x.width());
    multiply(x, left);
    return left;
  }

  /** The derivatives of it, in place. */
  Tensor backward(Tensor d) {
    if (dropout != null) {
      multiply(d, d);
    }
    return d;
  }

  private void multiply(Tensor from, Tensor to) {
    DropoutKey key = dropout.key(context.iteration);
    context.operations.dropout(
        from.address(),
        to.address(),
        from.length(),
        key.low(),
        key.high(),
        key.threshold(),
        key.factor());
  }
}
