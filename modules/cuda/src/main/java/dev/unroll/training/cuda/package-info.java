/**
 * What a step of training on an NVIDIA GPU needs beside cuDNN and cuBLAS: the kernels of {@code
 * src/main/cuda/kernels.cu}, packed as PTX, the text that the driver of any card compiles for it.
 *
 * <pre>
 *   {@link dev.unroll.training.cuda.Operations}     what there is to compute; forward and back, and then {@link dev.unroll.training.cuda.UpdateOperations}
 *   {@link dev.unroll.training.cuda.Grid}           in how many blocks and threads
 *   {@link dev.unroll.training.cuda.Launcher}       who computes a {@link dev.unroll.training.cuda.Kernel} with its {@link dev.unroll.training.cuda.KernelArguments}
 *     KernelShim     in the tests: the same source, compiled by g++
 * </pre>
 *
 * <p><b>Not tested on a device yet.</b> The tests hold the kernels, on the CPU, against the layers
 * and the optimizer.
 */
package dev.unroll.training.cuda;
