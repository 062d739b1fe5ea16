package dev.unroll.layers.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which GPU may be used with which CUDA; the generations and drivers are NVIDIA's. */
class RequirementsTest {
  private static final String CUDA_13 = "13.1-9.19-1.5.13";
  private static final String CUDA_12 = "12.6-9.5-1.5.11";

  @ParameterizedTest
  @CsvSource({
    CUDA_13 + ", Tesla T4, 75, 580.65.06",
    CUDA_13 + ", NVIDIA GeForce RTX 4090, 89, 590.10",
    CUDA_13 + ", NVIDIA H200, 90, 580.159.03",
    CUDA_13 + ", NVIDIA B200, 100, 580.95.05",
    CUDA_13 + ", NVIDIA GeForce RTX 5090, 120, 580",
    CUDA_12 + ", NVIDIA TITAN X (Pascal), 61, 525.60.13",
    CUDA_12 + ", Tesla V100-SXM2-16GB, 70, 535.104.05",
    CUDA_12 + ", NVIDIA H100 80GB HBM3, 90, 570.86.15"
  })
  void fits(String cuda, String name, int capability, String driver) {
    Requirements requirements = Requirements.of(cuda);

    assertThatCode(() -> requirements.check(new Driver(name, driver))).doesNotThrowAnyException();
    assertThatCode(() -> requirements.check(card(name, capability))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    CUDA_13 + ", Tesla V100-SXM2-16GB, 70, need compute capability 7.5 or newer",
    CUDA_13 + ", NVIDIA TITAN X (Pascal), 61, need compute capability 7.5 or newer",
    CUDA_12 + ", Tesla K80, 37, need compute capability 5.0 or newer",
    CUDA_12 + ", NVIDIA B200, 100, hold no code for a compute capability above 9.0"
  })
  void aCardThatDoesNotFitIsNamedWithItsPlace(
      String cuda, String name, int capability, String reason) {
    assertThatThrownBy(() -> Requirements.of(cuda).check(card(name, capability)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("found ")
        .hasMessageContaining(reason)
        .hasMessageContaining(name)
        .hasMessageContaining("0000:1B:00.0")
        .hasMessageContaining(capability / 10 + "." + capability % 10)
        .hasMessageContaining("CUDA_VISIBLE_DEVICES")
        .message()
        .hasLineCount(1);
  }

  private static Card card(String name, int capability) {
    return new Card(name, capability, "0000:1B:00.0");
  }

  @ParameterizedTest
  @CsvSource({
    CUDA_13 + ", 570.86.15, 580",
    CUDA_13 + ", 450.80.02, 580",
    CUDA_12 + ", 525.60.11, 525.60.13",
    CUDA_12 + ", 525, 525.60.13",
    CUDA_12 + ", 390.157, 525.60.13"
  })
  void anOldDriverIsToldFromNone(String cuda, String version, String needed) {
    assertThatThrownBy(() -> Requirements.of(cuda).check(new Driver("Tesla T4", version)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("found driver " + version + " (Tesla T4), but ")
        .hasMessageEndingWith("need driver " + needed + " or newer");
  }

  @Test
  void aDriverWithoutAVisibleCardIsSaidWithWhatHidesIt() {
    assertThat(Requirements.noCard("no CUDA-capable device is detected", ""))
        .hasMessage(
            "found no GPU that CUDA sees: no CUDA-capable device is detected; CUDA_VISIBLE_DEVICES is \"\"");
    assertThat(Requirements.noCard("there is none", null)).hasMessageEndingWith("is not set");
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
    Driver driver = new Driver("any", "1000.1");

    assertThat(List.of("580", "999.99", "1000", "1000.1", "1000.1.0")).allMatch(driver::isAtLeast);
    assertThat(List.of("1000.1.1", "1000.10", "1001")).noneMatch(driver::isAtLeast);
  }
}
