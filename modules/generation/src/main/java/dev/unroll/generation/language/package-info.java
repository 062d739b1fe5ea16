/**
 * Trained language models as other tasks see them: what a model of characters has in mind after
 * each word of a sentence (A. Akbik, D. Blythe, R. Vollgraf, <i>Contextual String Embeddings for
 * Sequence Labeling</i>, COLING 2018).
 *
 * <pre>
 *   LanguageNetwork    the network of a language model
 *   CharacterSymbols   the symbols of a model of characters
 *   CharacterStates    a model from its file, and its states after words
 *   CharacterModel     a model from its file, and how likely characters are
 *   StackedStates      several models side by side, for a batch or stored for a whole corpus
 * </pre>
 */
package dev.unroll.generation.language;
