package dev.unroll.cli;

import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * What the scores of a task can do: {@code new Scoring<>(Confusion::toMap, Confusion::plus)}. Their
 * {@code toString} is what a person reads.
 *
 * @param toMap the scores by name; those that are no {@code Double} are counts
 * @param plus two evaluations counted as one
 */
public record Scoring<S>(Function<S, Map<String, Object>> toMap, BinaryOperator<S> plus) {}
