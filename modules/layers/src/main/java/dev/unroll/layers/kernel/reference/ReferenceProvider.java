package dev.unroll.layers.kernel.reference;

import dev.unroll.layers.kernel.KernelProvider;
import dev.unroll.layers.kernel.RecurrentKernel;

/** Offers {@link ReferenceKernel}. */
public final class ReferenceProvider implements KernelProvider {

  @Override
  public String name() {
    return ReferenceKernel.NAME;
  }

  @Override
  public int rank() {
    return 1;
  }

  @Override
  public RecurrentKernel load() {
    return new ReferenceKernel();
  }
}
