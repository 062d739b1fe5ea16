package dev.unroll.speech;

import java.util.List;

/**
 * What a model heard.
 *
 * @param path the recording, as it was named
 * @param text what is said in it
 * @param probability of the text by the sound alone, all alignments together
 * @param words of the text, in their order
 */
public record Transcript(String path, String text, double probability, List<Word> words) {
  /**
   * A word and where it stands.
   *
   * @param start seconds from the beginning of the recording to where its first character is heard
   * @param end seconds to where its last character is over
   */
  public record Word(String word, double start, double end) {}
}
