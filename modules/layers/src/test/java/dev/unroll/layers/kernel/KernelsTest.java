package dev.unroll.layers.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

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

  @Test
  void arraysThatLieOnAGpuAreRefused() {
    assertThatThrownBy(() -> Kernels.requireMainMemory("JCublasBackend"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("JCublasBackend")
        .hasMessageContaining("unroll-cuda");
    assertThatCode(() -> Kernels.requireMainMemory("CpuBackend")).doesNotThrowAnyException();
  }
}
