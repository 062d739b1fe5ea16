package dev.unroll.activity;

import dev.unroll.data.UserError;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The names of channels. Formats without names number them, {@code c1}, {@code c2} and so on;
 * numbered channels are known by their places, all others by their names.
 */
public final class Channels {
  private Channels() {}

  /** The names of channels that have none. */
  public static List<String> numbered(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> "c" + i).toList();
  }

  /**
   * The values of a recording in the order in which a model knows its channels.
   *
   * @param wanted the channels of the model
   * @return {@code [time][wanted]}
   * @throws UserError if the recording lacks one
   */
  static float[][] arrange(Recording recording, List<String> wanted) {
    List<String> channels = recording.channels();
    if (channels.equals(wanted)) {
      return recording.values();
    }
    boolean places =
        channels.equals(numbered(channels.size())) || wanted.equals(numbered(wanted.size()));
    if (places) {
      if (channels.size() != wanted.size()) {
        throw UserError.data(
            "recording " + recording.id(),
            "it has %d channels, and the training data %d; give the same ones"
                .formatted(channels.size(), wanted.size()));
      }
      return recording.values();
    }
    int[] from = wanted.stream().mapToInt(channels::indexOf).toArray();
    for (int i = 0; i < from.length; i++) {
      if (from[i] < 0) {
        throw UserError.data(
            "recording " + recording.id(),
            "it has no channel '%s', which the training data has; there are %s"
                .formatted(wanted.get(i), channels));
      }
    }
    float[][] arranged = new float[recording.steps()][from.length];
    for (int t = 0; t < arranged.length; t++) {
      for (int c = 0; c < from.length; c++) {
        arranged[t][c] = recording.values()[t][from[c]];
      }
    }
    return arranged;
  }

  /** A name that occurs twice, if any does. */
  static List<String> repeated(List<String> names) {
    Set<String> seen = new HashSet<>();
    return names.stream()
        .filter(name -> !seen.add(name))
        .findFirst()
        .map(List::of)
        .orElse(Collections.emptyList());
  }
}
