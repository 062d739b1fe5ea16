/**
 * Scores: how good the answers of a model are, counted as the field counts them, and how they
 * print.
 *
 * <p>Each is an accumulator: {@code add} one answer after another, then ask. {@link
 * dev.unroll.evaluation.Confusion} judges classes, {@link dev.unroll.evaluation.SpanScores} named
 * spans, {@link dev.unroll.evaluation.Perplexity} predicted text, {@link
 * dev.unroll.evaluation.Bleu} and {@link dev.unroll.evaluation.ChrF} translations, {@link
 * dev.unroll.evaluation.ErrorRate} recognised speech, and {@link dev.unroll.evaluation.Ranking} and
 * {@link dev.unroll.evaluation.AnalogyScores} word vectors. All have {@code toString()}, the table
 * for a person, and {@code toMap()}, the keys for a script.
 */
package dev.unroll.evaluation;
