package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  record Config(NetworkConfig network, TrainingConfig training, String name) {}

  private static final Config DEFAULTS =
      new Config(
          new NetworkConfig(NetworkConfig.Cell.LSTM, 1, 100, true, 0.5),
          TrainingConfig.defaults(),
          "plain");

  @Test
  void aRoundTripChangesNothing() {
    Map<String, String> map = Settings.toMap(DEFAULTS);

    assertThat(map).containsEntry("learning-rate", "0.001").containsEntry("cell", "lstm");
    assertThat(Settings.with(DEFAULTS, map)).isEqualTo(DEFAULTS);
  }

  @Test
  void everySettingCanBeOverridden() {
    Map<String, String> other = new LinkedHashMap<>(Settings.toMap(DEFAULTS));
    other.put("cell", "GRU");
    other.put("bidirectional", "false");
    other.put("seed", "-7");
    other.put("dropout", "0.25");
    other.put("schedule", "cosine");
    other.put("name", "a b");

    Config config = Settings.with(DEFAULTS, other);

    assertThat(config.network())
        .isEqualTo(new NetworkConfig(NetworkConfig.Cell.GRU, 1, 100, false, 0.25));
    assertThat(config.training().seed()).isEqualTo(-7);
    assertThat(config.training().schedule()).isEqualTo(TrainingConfig.Schedule.COSINE);
    assertThat(config.name()).isEqualTo("a b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hiden | 3 | unknown setting 'hiden'",
        "hidden | many | hidden must be a whole number, got 'many'",
        "hidden | 0 | hidden must be at least 1, got 0",
        "dropout | 1 | dropout must be from 0 to below 1, got 1.0",
        "dropout | NaN | dropout must be from 0 to below 1, got NaN",
        "learning-rate | 0 | learning-rate must be above 0 and finite, got 0.0",
        "learning-rate | Infinity | learning-rate must be above 0 and finite, got Infinity",
        "clip | -1 | clip must be 0 or above and finite, got -1.0",
        "bidirectional | yes | bidirectional must be true or false, got 'yes'",
        "cell | lstn | cell must be one of lstm, gru, gru-reset-after, rnn, got 'lstn'",
      })
  void aBadSettingIsNamedWithItsRuleAndValue(String key, String value, String message) {
    assertThatThrownBy(() -> Settings.with(DEFAULTS, Map.of(key, value)))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(message);
  }
}
