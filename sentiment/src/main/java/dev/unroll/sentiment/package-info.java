/**
 * Sentiment: what the author of a text thought of its subject, as one of two classes or more.
 *
 * <p>{@link dev.unroll.sentiment.ReviewReader} reads labelled {@link dev.unroll.sentiment.Review}s.
 */
package dev.unroll.sentiment;
