/**
 * A convolution over the steps of a sequence, which may read several steps as one, and the way back
 * to the finer steps.
 *
 * <p>{@link dev.unroll.layers.convolution.SequenceConvolution} is the layer, {@link
 * dev.unroll.layers.convolution.Unstacking} the vertex that parts what was said of several steps.
 */
package dev.unroll.layers.convolution;
