/**
 * The floor that the layers stand on: arrays as they lie in memory, and what is fast there.
 *
 * <p>{@link dev.unroll.layers.memory.TimeMajor} draws how a batch of sequences lies, step after
 * step; {@link dev.unroll.layers.memory.Masks} says in the same order which steps are there. {@link
 * dev.unroll.layers.memory.NativeMemory} reaches the memory of an ND4J array, {@link
 * dev.unroll.layers.memory.Slab} is memory of our own, {@link dev.unroll.layers.memory.Gemm} and
 * {@link dev.unroll.layers.memory.FewRows} multiply matrices in either, and {@link
 * dev.unroll.layers.memory.FlatParameters} cuts the one row in which Deeplearning4j keeps a layer's
 * parameters. Everything that works in parts does so with {@link
 * dev.unroll.layers.memory.Parallel}.
 */
package dev.unroll.layers.memory;
