package dev.unroll.layers.kernel.onednn;

import dev.unroll.layers.kernel.KernelProvider;
import dev.unroll.layers.kernel.RecurrentKernel;

/** Offers {@link Bfloat16Kernel}, to those who name it: its numbers are not those of floats. */
public final class Bfloat16Provider implements KernelProvider {

  @Override
  public String name() {
    return Bfloat16Kernel.NAME;
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public RecurrentKernel load() {
    return new Bfloat16Kernel();
  }
}
