/**
 * Whole steps of a training on an NVIDIA GPU.
 *
 * <pre>
 *   {@link dev.unroll.training.cuda.DeviceStepProvider}   found by every training; {@link dev.unroll.training.cuda.CheckedStep} computes the first step here too
 *   {@link dev.unroll.training.cuda.DeviceStep}           batch up, loss and norm back, Adam
 *     {@link dev.unroll.training.cuda.DeviceNetwork}      the parts of the graph, forward and backward
 *       {@link dev.unroll.training.cuda.Part}             one vertex, which {@link dev.unroll.training.cuda.PartFactory} makes: embedding, recurrent layers, softmax, …
 *       {@link dev.unroll.training.cuda.ParameterSpace}   parameters, gradients and moments
 *       {@link dev.unroll.training.cuda.Arena}, {@link dev.unroll.training.cuda.Parcel}   memory of a step; what is sent for it
 *   {@link dev.unroll.training.cuda.Gpu}                  what is needed of a device
 *     {@link dev.unroll.training.cuda.NvidiaGpu}          cuDNN, cuBLAS, and {@link dev.unroll.training.cuda.Operations} by the kernels of kernels.cu
 *     GpuDouble       in the tests: equations in Java, and kernels.cu compiled by g++
 * </pre>
 *
 * <p>Everything is computed in one stream, in the order in which it was asked for, and sums are
 * taken in an order that depends on sizes alone.
 *
 * <p><b>Not tested on a device yet.</b>
 */
package dev.unroll.training.cuda;
