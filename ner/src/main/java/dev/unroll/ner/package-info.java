/**
 * Named entity recognition: which words of a text name a person, a place, an organisation, or
 * whatever else the training data marks.
 *
 * <p>{@link dev.unroll.ner.ConllReader} reads {@link dev.unroll.ner.TaggedSentence}s, {@link
 * dev.unroll.ner.TagEncoder} makes arrays of them, {@link dev.unroll.ner.NerTrainer} trains a
 * {@link dev.unroll.ner.NerModel}, and that tags. A tagger may read with language models, of which
 * {@link dev.unroll.generation.language} tells.
 */
package dev.unroll.ner;
