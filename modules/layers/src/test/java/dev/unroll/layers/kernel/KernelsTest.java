package dev.unroll.layers.kernel;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KernelsTest {

  @Test
  void arraysThatLieOnAGpuAreRefused() {
    assertThatThrownBy(() -> Kernels.requireMainMemory("JCublasBackend"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("JCublasBackend")
        .hasMessageContaining("unroll-cuda");
    assertThatCode(() -> Kernels.requireMainMemory("CpuBackend")).doesNotThrowAnyException();
  }
}
