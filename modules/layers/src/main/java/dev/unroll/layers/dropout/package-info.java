/**
 * Dropout that a resumed training repeats to the last bit: {@link
 * dev.unroll.layers.dropout.SequenceDropout} is a pure function of seed, iteration and place.
 */
package dev.unroll.layers.dropout;
