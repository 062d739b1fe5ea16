package dev.unroll.layers.kernel.onednn;

import dev.unroll.layers.kernel.KernelProvider;
import dev.unroll.layers.kernel.RecurrentKernel;

/** Offers {@link OneDnnKernel}. */
public final class OneDnnProvider implements KernelProvider {

  @Override
  public String name() {
    return OneDnnKernel.NAME;
  }

  @Override
  public int rank() {
    return 3;
  }

  @Override
  public RecurrentKernel load() {
    return new OneDnnKernel();
  }
}
