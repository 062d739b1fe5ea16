/**
 * Translation: from one language into another, learnt from sentences and their translations.
 *
 * <p>{@link dev.unroll.translation.SentencePairReader} reads {@link
 * dev.unroll.translation.SentencePair}s.
 *
 * <pre>
 *   PairEncoder            text to symbols, and symbols to text
 *   TranslationNetwork     encoder, bridge, decoder, attention, softmax
 *   TranslationTrainer     DevTranslations: BLEU and perplexity after each epoch
 *   TranslationModel       a trained translator; begin there
 *     Translator             Pieces of long texts, batches, Answer
 *       TranslationSearch      beam search for some sentences at once
 *         NetworkDecoder         the network, one symbol at a time
 * </pre>
 */
package dev.unroll.translation;
