package dev.unroll.layers.cuda;

import dev.unroll.layers.kernel.KernelProvider;
import dev.unroll.layers.kernel.RecurrentKernel;

/** Lets the tests of the layers run with the double of cuDNN. */
public final class CudnnDoubleProvider implements KernelProvider {

  @Override
  public String name() {
    return CudnnDouble.NAME;
  }

  @Override
  public RecurrentKernel load() {
    return new CudnnKernel(CudnnDouble.NAME, new CudnnDouble(), Arithmetic.FLOAT);
  }
}
