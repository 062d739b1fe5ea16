package dev.unroll.sentiment;

import java.util.List;

/**
 * Which words of a text mattered to what the model thinks of it.
 *
 * @param text the text, as it was given
 * @param label the most probable label
 * @param probability its probability
 * @param words those that the model reads, in their order
 */
public record Explanation(String text, String label, double probability, List<Word> words) {
  /**
   * A word of the text.
   *
   * @param word as it stands there
   * @param influence how much it speaks for the label, in nats, as far as a straight line tells:
   *     the gradient of the logarithm of the label's probability with respect to the word's vector,
   *     times that vector (Denil et al. 2014, "Extraction of Salient Sentences from Labelled
   *     Documents", section 3); negative if it speaks against it
   */
  public record Word(String word, double influence) {}
}
