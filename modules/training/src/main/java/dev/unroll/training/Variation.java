package dev.unroll.training;

import java.util.SplittableRandom;

/**
 * Changes an example a little each time a training reads it, so that few examples do for many: a
 * movement that is faster, a sound with a band of frequencies hidden. Nothing is varied where a
 * model is scored or asked.
 *
 * @param <P> what an encoder prepared
 */
@FunctionalInterface
public interface Variation<P> {
  /**
   * Another example of the same kind and about the same length; the given one stays as it is.
   *
   * @param random decides how, and nothing else does: it follows from the seed, the epoch and the
   *     place of the example, so that a resumed training meets what the stopped one would have met
   */
  P vary(P example, SplittableRandom random);

  /** Every example as it is. */
  static <P> Variation<P> none() {
    return (example, random) -> example;
  }
}
