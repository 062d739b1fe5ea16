/**
 * What computes a recurrent layer.
 *
 * <p>Begin with {@link dev.unroll.layers.kernel.Cell}: four cells, a few equations each. Then read
 * {@code dev.unroll.layers.kernel.reference}, which computes them in plain Java, slowly, and which
 * everything else is held against. The rest makes the same numbers fast.
 *
 * <pre>
 *   a batch and its mask
 *     | {@link dev.unroll.layers.kernel.Run}: stretches of valid steps, each a row
 *     | {@link dev.unroll.layers.kernel.Part}: rows of about equal length, read forwards or backwards
 *     v
 *   {@link dev.unroll.layers.kernel.Pass}: rows that begin at step 0, [steps, rows, features]
 *     | a {@link dev.unroll.layers.kernel.RecurrentKernel}: reference, blas, onednn, or one of another module
 *     v
 *   outputs, back in their places
 * </pre>
 *
 * <p>{@link dev.unroll.layers.kernel.States} draws where sequences take a state from outside and
 * where they give theirs away; the derivatives take the same way in the backward pass.
 *
 * <p>{@link dev.unroll.layers.kernel.Recurrence} holds this together and runs the parts on several
 * threads. How a batch is split depends on the batch alone, so the same seed gives the same bytes
 * on any number of threads. {@link dev.unroll.layers.kernel.Kernels} says which kernels a machine
 * has and which is used; a {@link dev.unroll.layers.kernel.KernelProvider} brings each.
 */
package dev.unroll.layers.kernel;
