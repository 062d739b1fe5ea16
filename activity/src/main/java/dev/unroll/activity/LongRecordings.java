package dev.unroll.activity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Tells who is about to train on long recordings that several steps could be read as one. */
final class LongRecordings {
  /** A recurrent network remembers that many steps with ease. */
  private static final int EASY = 35;

  /** From so many on there is something to say. */
  private static final int LONG = 100;

  private LongRecordings() {}

  /**
   * A line of advice.
   *
   * @param steps that the network reads of each recording, with {@code stack} of them as one
   */
  static Optional<String> advice(int stack, int[] steps) {
    int[] sorted = Arrays.stream(steps).sorted().toArray();
    int median = sorted[sorted.length / 2];
    if (median < LONG) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the network reads %d steps of a recording; with stack = %d it reads about %d, which is"
                + " sooner done",
            median,
            Math.round((float) stack * median / EASY),
            EASY));
  }
}
