/**
 * From sequences to vectors and back: {@link dev.unroll.layers.pooling.SequencePooling} makes one
 * vector of a sequence, and {@link dev.unroll.layers.pooling.RowsToSequences} puts vectors that
 * were made of each step alone back into their sequence.
 */
package dev.unroll.layers.pooling;
