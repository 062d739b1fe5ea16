package dev.unroll.layers.kernel;

import java.util.ServiceLoader;

/**
 * Brings a kernel: one of this module's, or one of another, such as for another processor.
 *
 * <p>{@link Kernels} finds it by {@link ServiceLoader}.
 */
public interface KernelProvider {
  /** The {@link #rank} of kernels that came with a module of their own: before all of this one. */
  int ADDED = 100;

  /** The name by which a user picks the kernel. */
  String name();

  /** Unless the user picks one, the kernel of the highest rank that can compute a cell does so. */
  default int rank() {
    return ADDED;
  }

  /**
   * Makes the kernel ready to compute.
   *
   * @throws IllegalStateException if this machine cannot use it; the message says why in one line
   * @throws LinkageError if a library is missing
   */
  RecurrentKernel load();
}
