package dev.unroll.sentiment;

import java.util.Map;

/**
 * What a model thinks of a text.
 *
 * @param text the text, as it was given
 * @param label the most probable label
 * @param probability its probability
 * @param probabilities the probability of every label, in the order of the model's labels; they add
 *     up to 1
 */
public record Opinion(
    String text, String label, double probability, Map<String, Double> probabilities) {}
