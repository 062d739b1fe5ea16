package dev.unroll.layers.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Memory of a device that has little. */
class DeviceMemoryTest {
  private final CudnnDouble cudnn = new CudnnDouble();

  @Test
  void whatNobodyHoldsIsGivenBackBeforeRoomIsDenied() {
    cudnn.room = 1000;
    dropped(800);

    assertThat(new DeviceMemory(cudnn).reserve(900).address()).isNotZero();
    assertThat(cudnn.memory.bytes()).isEqualTo(900);
  }

  private void dropped(long bytes) {
    assertThat(new DeviceMemory(cudnn).reserve(bytes).address()).isNotZero();
  }

  @Test
  void withoutRoomTheSizesAndARemedyAreTold() {
    cudnn.room = 1000;
    DeviceMemory held = new DeviceMemory(cudnn).reserve(800);

    assertThatThrownBy(() -> new DeviceMemory(cudnn).reserve(1500))
        .isInstanceOf(OutOfDeviceMemory.class)
        .hasMessageContaining("1,500 bytes: 200 of 1,000 are free")
        .hasMessageContaining("--batch")
        .message()
        .hasLineCount(1);
    assertThat(held.address()).isNotZero();
  }
}
