package dev.unroll.layers.cuda;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What was made for the last batch, which does for all calls and batches of the same lengths: every
 * layer has four calls a step, and most batches of a language model are alike.
 *
 * @param <T> what is made
 */
final class LastBatch<T> {
  private final Function<Cudnn.Rows, T> make;
  private final Consumer<T> destroy;
  private int[] lengths;
  private int steps;

  /** Null if there is none. */
  private T made;

  LastBatch(Function<Cudnn.Rows, T> make, Consumer<T> destroy) {
    this.make = make;
    this.destroy = destroy;
  }

  /** What was made for these lengths and steps; it may be used until the next call. */
  T of(Cudnn.Rows rows) {
    if (made == null || steps != rows.steps() || !Arrays.equals(lengths, rows.lengths())) {
      close();
      made = make.apply(rows);
      steps = rows.steps();
      lengths = rows.lengths().clone();
    }
    return made;
  }

  /** Destroys what there is. */
  void close() {
    T old = made;
    made = null;
    if (old != null) {
      destroy.accept(old);
    }
  }
}
