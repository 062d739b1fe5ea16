package dev.unroll.training.cuda;

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

  /** For each test, so that each is reported if it is left out. */
  @BeforeEach
  void load() throws IOException, InterruptedException {
    Optional<Gpu> gpu = TestGpu.real();
    memory =
        gpu.map(real -> GuardedMemory.ofDevice(real.cudnn()))
            .orElseGet(GuardedMemory::ofThisMachine);
    operations = new Operations(gpu.isPresent() ? gpu.get() : KernelShim.load());
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
