package dev.unroll.layers.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.layers.kernel.Kernels;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On a machine with a device the kernel is there, and the tests of the layers compare it. */
class CudnnProviderTest {

  @Test
  void theKernelIsThereOrOneLineSaysWhyNot() {
    List<String> lines =
        Kernels.describe().stream().filter(line -> line.startsWith("cudnn: ")).toList();

    assertThat(lines).hasSize(1);
    if (Kernels.available().contains(CudnnProvider.NAME)) {
      assertThat(lines.get(0)).contains("compute capability");
    } else {
      assertThat(lines.get(0)).startsWith("cudnn: could not be loaded: found ").hasLineCount(1);
    }
  }
}
