package dev.unroll.layers.kernel.blas;

import dev.unroll.layers.kernel.KernelProvider;
import dev.unroll.layers.kernel.RecurrentKernel;

/** Offers {@link BlasKernel}. */
public final class BlasProvider implements KernelProvider {

  @Override
  public String name() {
    return BlasKernel.NAME;
  }

  @Override
  public int rank() {
    return 2;
  }

  @Override
  public RecurrentKernel load() {
    return new BlasKernel();
  }
}
