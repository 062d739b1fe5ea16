package dev.unroll.training.cuda;

import dev.unroll.layers.cuda.CudnnProvider;
import dev.unroll.layers.kernel.Kernels;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of operations: computed by a GPU if there is one, and else on the CPU. */
abstract class KernelTestBase {
  Operations operations;
  GuardedMemory memory;
  final Random random = new Random(7);

  private static Gpu gpu;

  /** For each test, so that each is reported if it is left out. */
  @BeforeEach
  void load() throws IOException, InterruptedException {
    Optional<CudnnProvider.Opened> opened =
        Kernels.available().contains(CudnnProvider.NAME)
            ? CudnnProvider.opened()
            : Optional.empty();
    if (opened.isPresent() && gpu == null) {
      gpu = new NvidiaGpu(opened.get().cudnn(), opened.get().arithmetic());
    }
    memory =
        gpu == null ? GuardedMemory.ofThisMachine() : GuardedMemory.ofDevice(opened.get().cudnn());
    operations = new Operations(gpu == null ? KernelShim.load() : gpu);
  }

  @AfterEach
  void close() {
    if (memory != null) {
      memory.close();
    }
  }

  /** Normally distributed. */
  final float[] floats(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
