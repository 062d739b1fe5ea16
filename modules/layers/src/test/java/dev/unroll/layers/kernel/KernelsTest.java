package dev.unroll.layers.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.layers.memory.Gemm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class KernelsTest {

  @Test
  void thoseOfThisModuleComeInTheOrderOfTheirSpeed() {
    List<String> fastestFirst =
        new ArrayList<>(List.of("onednn", "openblas", "reference", "onednn-bfloat16"));
    List<String> ours = new ArrayList<>(Kernels.available());
    ours.retainAll(fastestFirst);
    fastestFirst.retainAll(ours);

    assertThat(ours).isEqualTo(fastestFirst).contains("reference");
  }

  /** Else it would be that of whoever asked last. */
  @Test
  void theProductsOfOtherLayersFollowTheKernel() {
    for (String name : Kernels.available()) {
      Kernels.use(name);
      assertThat(Gemm.used()).isNull();
      RecurrentKernel kernel = Kernels.get(Cell.LSTM, DataType.FLOAT);
      assertThat(Gemm.used() == null).isEqualTo(kernel.products() == null);
    }
    Kernels.use(null);
    assertThat(Gemm.used()).isNull();
  }

  @Test
  void arraysThatLieOnAGpuAreRefused() {
    assertThatThrownBy(() -> Kernels.requireMainMemory("JCublasBackend"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("JCublasBackend")
        .hasMessageContaining("unroll-cuda");
    assertThatCode(() -> Kernels.requireMainMemory("CpuBackend")).doesNotThrowAnyException();
  }
}
