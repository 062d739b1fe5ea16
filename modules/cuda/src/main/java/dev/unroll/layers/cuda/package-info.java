/**
 * Recurrent layers on an NVIDIA GPU, by cuDNN.
 *
 * <p>ND4J stays on the CPU and keeps its arrays in main memory; {@link
 * dev.unroll.layers.cuda.CudnnKernel} copies a batch to the device, has cuDNN compute all its steps
 * in one call, and copies the outputs back. Between the forward pass and the backward pass the
 * device keeps what is needed there, and the weights until they change.
 *
 * <pre>
 *   {@link dev.unroll.layers.cuda.CudnnProvider}     found by the layers; looks first ({@link dev.unroll.layers.cuda.NvidiaSmi}, {@link dev.unroll.layers.cuda.Requirements}), checks last ({@link dev.unroll.layers.cuda.SelfCheck})
 *   {@link dev.unroll.layers.cuda.LargeBatches}      leaves single sequences and small layers to the CPU
 *   {@link dev.unroll.layers.cuda.CudnnKernel}       weights ({@link dev.unroll.layers.cuda.WeightSpace}: which gate lies where) and passes
 *   {@link dev.unroll.layers.cuda.Cudnn}             the calls that are needed
 *     {@link dev.unroll.layers.cuda.NvidiaCudnn}     NVIDIA's libraries
 *     CudnnDouble     in the tests: the documented equations in Java
 * </pre>
 *
 * <p>Where whole steps of a training are taken on the device, {@code dev.unroll.training.cuda} does
 * that, with the same calls and weight spaces.
 *
 * <p>{@link dev.unroll.layers.cuda.Arithmetic} says whether cuDNN may round factors to TF32.
 *
 * <p><b>Not tested on a device yet.</b> The tests hold the kernel, with the double in place of
 * cuDNN, against the reference; cuDNN itself has computed nothing.
 */
package dev.unroll.layers.cuda;
