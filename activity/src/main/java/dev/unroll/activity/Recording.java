package dev.unroll.activity;

import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What was measured of one movement, and what it was.
 *
 * @param id what answers and messages call it
 * @param label the activity, such as {@code walking}; null if nobody said
 * @param subject who moved, so that nobody is learnt from and judged by; null if unknown
 * @param channels the names of what was measured, see {@link Channels}
 * @param rate steps a second, or 0 if nobody said
 * @param values {@code [time][channels]}; {@code NaN} where a value is missing. Not copied: whoever
 *     made it leaves it alone
 */
public record Recording(
    String id, String label, String subject, List<String> channels, double rate, float[][] values) {
  /** Refuses steps of another number of values, and values without an end. */
  public Recording {
    channels = List.copyOf(channels);
    for (float[] step : values) {
      if (step.length != channels.size()) {
        throw new IllegalArgumentException(
            "a step of %d values in a recording of %d channels"
                .formatted(step.length, channels.size()));
      }
      for (float value : step) {
        if (Float.isInfinite(value)) {
          throw new IllegalArgumentException("a value of recording " + id + " is infinite");
        }
      }
    }
    if (label != null && label.isBlank() || !(rate >= 0)) {
      throw new IllegalArgumentException("label '" + label + "', rate " + rate);
    }
  }

  /** A recording whose activity is to be found. */
  public static Recording unlabelled(String id, List<String> channels, float[][] values) {
    return new Recording(id, null, null, channels, 0, values);
  }

  /** The number of steps. */
  public int steps() {
    return values.length;
  }

  /** Its first steps. */
  public Recording first(int steps) {
    return new Recording(
        id, label, subject, channels, rate, Arrays.copyOf(values, Math.min(steps, steps())));
  }

  /** The same recording of somebody. */
  Recording of(String who) {
    return new Recording(id, label, who, channels, rate, values);
  }

  /** How many of its values are missing. */
  public long missing() {
    long missing = 0;
    for (float[] step : values) {
      for (float value : step) {
        missing += Float.isNaN(value) ? 1 : 0;
      }
    }
    return missing;
  }

  /**
   * The activities of a corpus in alphabetical order.
   *
   * @throws UserError if there are fewer than two, from which nothing can be learnt, or if a
   *     recording has none
   */
  public static SortedSet<String> labels(Corpus<Recording> recordings) {
    SortedSet<String> labels = new TreeSet<>();
    for (Recording recording : recordings.examples()) {
      if (recording.label() == null) {
        throw UserError.data(
            recordings.source(), "recording " + recording.id() + " has no label; give it one");
      }
      labels.add(recording.label());
    }
    if (labels.size() < 2) {
      throw UserError.data(
          recordings.source(),
          "training takes recordings of two activities or more; found only "
              + labels
              + "; add others");
    }
    return labels;
  }
}
