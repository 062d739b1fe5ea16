package dev.unroll.music.score;

import java.util.List;

/**
 * What holds from a time on: a metre, a key, a tempo.
 *
 * @param time in ticks
 * @param value what holds until the next change
 */
public record Change<T>(int time, T value) {
  /** What holds at a time: the last value that began at it or before; null before the first. */
  static <T> T at(List<Change<T>> changes, int time) {
    T value = null;
    for (Change<T> change : changes) {
      if (change.time() > time) {
        break;
      }
      value = change.value();
    }
    return value;
  }
}
