package dev.unroll.translation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model makes of a sentence.
 *
 * @param text the sentence, as it was given
 * @param translation the best that was found, as raw text
 * @param logProbability its natural logarithm, the end included
 * @param alternatives as many as were asked for, the best first, which is {@code translation}
 * @param alignment of {@code translation}; empty if it was not asked for, or the model has no
 *     attention
 */
public record Translated(
    String text,
    String translation,
    double logProbability,
    List<Alternative> alternatives,
    Optional<Alignment> alignment) {
  /** Copies the list. */
  public Translated {
    alternatives = List.copyOf(alternatives);
  }

  /**
   * One of several translations.
   *
   * @param translation raw text
   * @param logProbability its natural logarithm, the end included
   * @param score what the search compared it by: with the penalties for length and coverage
   */
  public record Alternative(String translation, double logProbability, double score) {}

  /** The answer without an alignment, as other programs are told it. */
  record Plain(
      String text, String translation, double logProbability, List<Alternative> alternatives) {}

  /** The answer as JSON shows it; the alignment is one of whole words. */
  Object shown() {
    return alignment.isPresent()
        ? aligned()
        : new Plain(text, translation, logProbability, alternatives);
  }

  private Map<String, Object> aligned() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("text", text);
    object.put("translation", translation);
    object.put("logProbability", logProbability);
    object.put("alternatives", alternatives);
    alignment
        .map(WordAlignment::of)
        .ifPresent(
            words -> {
              Map<String, Object> shown = new LinkedHashMap<>();
              shown.put("source", words.source());
              shown.put("target", words.target());
              shown.put("weights", words.weights());
              shown.put("links", words.links());
              object.put("alignment", shown);
            });
    return object;
  }
}
