/**
 * A vector of the spelling of each word.
 *
 * <p>{@link dev.unroll.layers.characters.CharacterConvolution} is the layer; it computes each
 * different word of a batch once, wherever it stands ({@link
 * dev.unroll.layers.characters.Spellings} and {@link dev.unroll.layers.characters.ConvolvedWords}).
 */
package dev.unroll.layers.characters;
