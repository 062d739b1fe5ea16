package dev.unroll.layers.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which GPU may be used with which CUDA; the generations and drivers are NVIDIA's. */
class RequirementsTest {
  private static final String CUDA_13 = "13.1-9.19-1.5.13";
  private static final String CUDA_12 = "12.6-9.5-1.5.11";

  @ParameterizedTest
  @CsvSource({
    CUDA_13 + ", Tesla T4, 7.5, 580.65.06",
    CUDA_13 + ", NVIDIA GeForce RTX 4090, 8.9, 590.10",
    CUDA_13 + ", NVIDIA H200, 9.0, 580.159.03",
    CUDA_13 + ", NVIDIA B200, 10.0, 580.95.05",
    CUDA_13 + ", NVIDIA GeForce RTX 5090, 12.0, 580",
    CUDA_12 + ", NVIDIA TITAN X (Pascal), 6.1, 525.60.13",
    CUDA_12 + ", Tesla V100-SXM2-16GB, 7.0, 535.104.05",
    CUDA_12 + ", NVIDIA H100 80GB HBM3, 9.0, 570.86.15"
  })
  void fits(String cuda, String name, String capability, String driver) {
    assertThatCode(() -> check(cuda, name, capability, driver)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    CUDA_13 + ", Tesla V100-SXM2-16GB, 7.0, 580.65.06, need compute capability 7.5 or newer",
    CUDA_13 + ", NVIDIA TITAN X (Pascal), 6.1, 580.65.06, need compute capability 7.5 or newer",
    CUDA_13 + ", NVIDIA H100 80GB HBM3, 9.0, 570.86.15, need driver 580 or newer",
    CUDA_13 + ", Tesla T4, 7.5, 450.80.02, need driver 580 or newer",
    CUDA_12 + ", Tesla K80, 3.7, 535.104.05, need compute capability 5.0 or newer",
    CUDA_12 + ", NVIDIA B200, 10.0, 580.95.05, hold no code for a compute capability above 9.0",
    CUDA_12 + ", Tesla T4, 7.5, 525.60.11, need driver 525.60.13 or newer",
    CUDA_12 + ", Tesla T4, 7.5, 525, need driver 525.60.13 or newer"
  })
  void doesNotFit(String cuda, String name, String capability, String driver, String reason) {
    assertThatThrownBy(() -> check(cuda, name, capability, driver))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith(reason)
        .hasMessageContaining(name)
        .hasMessageContaining(capability)
        .hasMessageContaining(driver)
        .message()
        .hasLineCount(1);
  }

  private static void check(String cuda, String name, String capability, String driver) {
    String line = String.join(", ", name, capability, driver);
    Requirements.of(cuda).check(Gpu.parse(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "No devices were found",
        "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure"
            + " that the latest NVIDIA driver is installed and running.",
        "Failed to initialize NVML: Driver/library version mismatch\nNVML library version: 535.183",
        "Field \"compute_cap\" is not a valid field to query.\n",
        "[Not Supported], [Not Supported], 390.157"
      })
  void noGpuIsSaidInOneLine(String answer) {
    assertThatThrownBy(() -> Requirements.of(CUDA_13).check(Gpu.parse(answer)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no NVIDIA GPU")
        .message()
        .hasLineCount(1);
  }

  @Test
  void severalAreRead() {
    String answer = "NVIDIA RTX A6000, 8.6, 580.65.06\nNVIDIA T400 4GB, 7.5, 580.65.06\n";

    assertThat(Gpu.parse(answer))
        .containsExactly(
            new Gpu("NVIDIA RTX A6000", 86, "580.65.06"),
            new Gpu("NVIDIA T400 4GB", 75, "580.65.06"));
  }

  @Test
  void namesAreForPeople() {
    assertThat(Requirements.of(CUDA_13).libraries()).isEqualTo("CUDA 13.1 and cuDNN 9.19");
    assertThatThrownBy(() -> Requirements.of("11.6-8.3-1.5.7"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("11.6");
  }

  @Test
  void driversAreComparedByNumbers() {
    Gpu gpu = new Gpu("any", 90, "1000.1");

    assertThat(List.of("580", "999.99", "1000", "1000.1", "1000.1.0")).allMatch(gpu::hasDriver);
    assertThat(List.of("1000.1.1", "1000.10", "1001")).noneMatch(gpu::hasDriver);
  }
}
