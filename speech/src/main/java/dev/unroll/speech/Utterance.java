package dev.unroll.speech;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A recording and what is said in it.
 *
 * @param recording where the sound is
 * @param text what is said; null if nobody wrote it down
 * @param speaker who says it; null if nobody knows
 */
public record Utterance(Recording recording, String text, String speaker) {
  /** A recording alone. */
  public static Utterance untranscribed(Recording recording) {
    return new Utterance(recording, null, null);
  }

  /**
   * Whose voice each is, so that none is in two parts; each its own where fewer than two speakers
   * are named.
   */
  static List<?> speakers(List<Utterance> utterances) {
    boolean named = utterances.stream().allMatch(utterance -> utterance.speaker() != null);
    long speakers = utterances.stream().map(Utterance::speaker).distinct().count();
    return named && speakers > 1
        ? utterances.stream().map(Utterance::speaker).toList()
        : IntStream.range(0, utterances.size()).boxed().toList();
  }
}
