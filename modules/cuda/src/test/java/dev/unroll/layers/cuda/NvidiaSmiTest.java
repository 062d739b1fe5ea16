package dev.unroll.layers.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the driver's program may answer, and what it may not. */
@DisabledOnOs(OS.WINDOWS)
class NvidiaSmiTest {

  @Test
  void theDriverIsThatOfAllCards() {
    Driver driver =
        answering("NVIDIA RTX A6000, 580.65.06\nNVIDIA TITAN X (Pascal), 580.65.06\n").driver();

    assertThat(driver)
        .isEqualTo(new Driver("NVIDIA RTX A6000, NVIDIA TITAN X (Pascal)", "580.65.06"));
  }

  @Test
  void aWarningBeforeTheCardsIsPassedOver() {
    assertThat(answering("WARNING: infoROM is corrupted at gpu 0000:1B:00.0\nTesla T4, 535\n"))
        .extracting(NvidiaSmi::driver)
        .isEqualTo(new Driver("Tesla T4", "535"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No devices were found",
        "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.",
        "Failed to initialize NVML: Driver/library version mismatch\nNVML library version: 535.183",
        "[Not Supported], [Not Supported]"
      })
  void whatItSaysInsteadOfACardIsHandedOn(String answer) {
    assertThatThrownBy(answering(answer)::driver)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "found no NVIDIA GPU: nvidia-smi says \"%s\"", answer.lines().findFirst().get());
  }

  @Test
  void silenceIsToldFromNoCard() {
    assertThatThrownBy(answering("")::driver).hasMessageEndingWith("nvidia-smi says nothing");

    NvidiaSmi slow = new NvidiaSmi(List.of("sh", "-c", "exec sleep 60"), Duration.ofMillis(200));
    assertThatThrownBy(slow::driver)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("found a driver that does not answer: nvidia-smi took more than ")
        .hasMessageContaining("nvidia-smi -pm 1")
        .message()
        .hasLineCount(1);
  }

  @Test
  void withoutTheProgramThereIsNoDriver() {
    NvidiaSmi none = new NvidiaSmi(List.of("no-such-nvidia-smi"), Duration.ofSeconds(60));

    assertThatThrownBy(none::driver)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("found no NVIDIA GPU: there is no nvidia-smi");
  }

  private static NvidiaSmi answering(String text) {
    return new NvidiaSmi(
        List.of("sh", "-c", "printf '%s' \"$1\"", "sh", text), Duration.ofSeconds(60));
  }
}
