package dev.unroll.text;

import java.util.Optional;

/**
 * A corpus in parts: one to fit on, one to choose by, and perhaps one to report on.
 *
 * @param train everything that is fitted sees only this: vocabulary, parameters
 * @param dev decides when to stop and which model to keep
 * @param test read once, at the end
 * @param <E> the example
 */
public record Split<E>(Corpus<E> train, Corpus<E> dev, Optional<Corpus<E>> test) {
  /** Refuses parts without examples with a {@link UserError}. */
  public Split {
    refuseEmpty(train, "training");
    refuseEmpty(dev, "dev");
    test.ifPresent(part -> refuseEmpty(part, "test"));
  }

  public Split(Corpus<E> train, Corpus<E> dev) {
    this(train, dev, Optional.empty());
  }

  private static void refuseEmpty(Corpus<?> part, String name) {
    if (part.size() == 0) {
      throw UserError.data(part.source(), "no examples for the " + name + " part; give a file");
    }
  }
}
