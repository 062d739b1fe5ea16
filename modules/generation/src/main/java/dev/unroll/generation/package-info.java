/**
 * What comes next: models of sequences of symbols, be they characters, words, notes or bases, and
 * the ways to write with them.
 *
 * <pre>
 *   Symbols, SymbolWriter    a sequence of any length, on the disk where it is long
 *   Streams, StreamBatches   one long sequence as parallel streams, read window by window
 *   NextSymbol               something that gives the probability of each next symbol
 *     NetworkSymbols           a trained network, a step at a time
 *   SymbolChooser            draws one: temperature, top-k, top-p
 *   BeamSearch               finds the most probable continuation
 *   KneserNey                the n-gram model that a network has to beat
 * </pre>
 *
 * What other tasks take from a trained model is in {@link dev.unroll.generation.language}.
 */
package dev.unroll.generation;
