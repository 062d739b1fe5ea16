package dev.unroll.training.cuda;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of operations, computed on the CPU. */
abstract class OnShim {
  Operations operations;

  final GuardedMemory memory = new GuardedMemory();
  final Random random = new Random(7);

  /** For each test, so that each is reported if it is left out. */
  @BeforeEach
  void load() throws IOException, InterruptedException {
    operations = new Operations(KernelShim.load());
  }

  @AfterEach
  void close() {
    memory.close();
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
