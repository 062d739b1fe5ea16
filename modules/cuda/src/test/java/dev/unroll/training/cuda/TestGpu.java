package dev.unroll.training.cuda;

import dev.unroll.layers.cuda.CudnnProvider;
import dev.unroll.layers.kernel.Kernels;
import java.util.Optional;

/** Where tests have something computed: on a GPU if there is one, and else by its double. */
final class TestGpu {
  private static Gpu found;

  private TestGpu() {}

  /** The GPU; empty if there is none. */
  static synchronized Optional<Gpu> real() {
    if (found == null && Kernels.available().contains(CudnnProvider.NAME)) {
      found =
          CudnnProvider.opened()
              .map(opened -> new NvidiaGpu(opened.cudnn(), opened.arithmetic()))
              .orElse(null);
    }
    return Optional.ofNullable(found);
  }

  static Gpu open() {
    return real().orElseGet(GpuDouble::new);
  }
}
