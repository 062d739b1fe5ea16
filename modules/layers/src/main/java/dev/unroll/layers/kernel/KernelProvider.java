package dev.unroll.layers.kernel;

import java.util.ServiceLoader;

/**
 * Brings a kernel that is not part of this module, such as one for another processor.
 *
 * <p>{@link Kernels} finds it by {@link ServiceLoader}, and takes it to be faster than its own.
 */
public interface KernelProvider {

  /** The name by which a user picks the kernel. */
  String name();

  /**
   * Makes the kernel ready to compute.
   *
   * @throws IllegalStateException if this machine cannot use it; the message says why in one line
   * @throws LinkageError if a library is missing
   */
  RecurrentKernel load();
}
