package dev.unroll.activity;

import java.util.Map;

/**
 * What a model takes a window of a stream for.
 *
 * @param label the most probable activity
 * @param start of the window: in seconds, or in steps where nobody said how long one is
 * @param end of the window
 * @param probability of the label
 * @param probabilities the probability of every activity; they add up to 1
 */
public record Spotted(
    String label,
    double start,
    double end,
    double probability,
    Map<String, Double> probabilities) {}
