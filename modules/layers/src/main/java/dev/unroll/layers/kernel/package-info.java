/**
 * What computes a recurrent layer.
 *
 * <p>Begin with {@link dev.unroll.layers.kernel.Cell}: four cells, a few equations each. {@link
 * dev.unroll.layers.kernel.LstmSequence} is the most important of them in plain Java, forward and
 * back through one sequence, every derivative written out; {@link
 * dev.unroll.layers.kernel.GruSequence} and {@link dev.unroll.layers.kernel.TanhSequence} are its
 * siblings. Together they are the {@link dev.unroll.layers.kernel.ReferenceKernel}: slow, and what
 * everything else is held against.
 *
 * <p>The rest of the package makes the same numbers fast.
 *
 * <pre>
 *   a batch and its mask
 *     | {@link dev.unroll.layers.kernel.Run}: stretches of valid steps, each a row
 *     | {@link dev.unroll.layers.kernel.Part}: rows of about equal length, read forwards or backwards
 *     v
 *   {@link dev.unroll.layers.kernel.Pass}: rows that begin at step 0, [steps, rows, features]
 *     | a kernel: {@link dev.unroll.layers.kernel.OneDnnKernel}, {@link dev.unroll.layers.kernel.BlasKernel} or the reference
 *     v
 *   outputs, back in their places
 * </pre>
 *
 * <p>{@link dev.unroll.layers.kernel.Recurrence} holds this together and {@link
 * dev.unroll.layers.kernel.Parallel} runs the parts on several threads. How a batch is split
 * depends on the batch alone, so the same seed gives the same bytes on any number of threads.
 * {@link dev.unroll.layers.kernel.Kernels} says which kernels a machine has and which is used.
 */
package dev.unroll.layers.kernel;
