package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.NetworkConfig;
import dev.unroll.layers.kernel.Cell;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which cell a setting stands for; model files depend on it, as they hold the setting's name. */
class RecurrentStackTest {

  @ParameterizedTest
  @CsvSource({"LSTM, LSTM", "GRU, GRU", "GRU_RESET_AFTER, GRU_RESET_AFTER", "RNN, TANH"})
  void aSettingStandsForTheCell(NetworkConfig.Cell setting, Cell cell) {
    assertThat(RecurrentStack.layer(setting, 4, null).cell()).isEqualTo(cell);
  }
}
