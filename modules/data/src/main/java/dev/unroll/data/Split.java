package dev.unroll.data;

import java.util.Optional;

/**
 * A corpus in parts: one to fit on, one to choose by, and perhaps one to report on.
 *
 * @param train everything that is fitted sees only this: vocabulary, parameters
 * @param dev decides when to stop and which model to keep; without it, all epochs are run and the
 *     last one is kept
 * @param test read once, at the end
 * @param <E> the example
 */
public record Split<E>(Corpus<E> train, Optional<Corpus<E>> dev, Optional<Corpus<E>> test) {
  /** Refuses parts without examples with a {@link UserError}. */
  public Split {
    refuseEmpty(train, "training");
    dev.ifPresent(part -> refuseEmpty(part, "dev"));
    test.ifPresent(part -> refuseEmpty(part, "test"));
  }

  /** A split without a test part. */
  public Split(Corpus<E> train, Corpus<E> dev) {
    this(train, Optional.of(dev), Optional.empty());
  }

  private static void refuseEmpty(Corpus<?> part, String name) {
    if (part.size() == 0) {
      throw UserError.data(part.source(), "no examples for the " + name + " part; give a file");
    }
  }
}
