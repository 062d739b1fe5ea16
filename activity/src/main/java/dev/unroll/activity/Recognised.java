package dev.unroll.activity;

import java.util.Map;

/**
 * What a model takes a recording for.
 *
 * @param id of the recording
 * @param label the most probable activity
 * @param probability its probability
 * @param probabilities the probability of every activity, in the order of the model's labels; they
 *     add up to 1
 */
public record Recognised(
    String id, String label, double probability, Map<String, Double> probabilities) {}
