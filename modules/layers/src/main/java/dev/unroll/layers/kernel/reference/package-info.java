/**
 * The equations of the recurrent cells in plain Java: read this first.
 *
 * <p>{@link dev.unroll.layers.kernel.reference.LstmSequence} is the most important, forward and
 * backward through one sequence, every derivative written out; {@link
 * dev.unroll.layers.kernel.reference.GruSequence} and {@link
 * dev.unroll.layers.kernel.reference.TanhSequence} are its siblings. Together they are the {@link
 * dev.unroll.layers.kernel.reference.ReferenceKernel}: slow, in double precision, and what every
 * other kernel is held against.
 */
package dev.unroll.layers.kernel.reference;
