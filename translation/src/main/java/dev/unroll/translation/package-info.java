/**
 * Translation: from one language into another, learnt from sentences and their translations.
 *
 * <p>{@link dev.unroll.translation.SentencePairReader} reads {@link
 * dev.unroll.translation.SentencePair}s.
 */
package dev.unroll.translation;
