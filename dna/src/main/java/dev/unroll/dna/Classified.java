package dev.unroll.dna;

import java.util.Map;

/**
 * What a model takes a strand for.
 *
 * @param id of the strand
 * @param label the most probable label
 * @param probability its probability
 * @param probabilities the probability of every label, in the order of the model's labels; they add
 *     up to 1
 */
public record Classified(
    String id, String label, double probability, Map<String, Double> probabilities) {}
