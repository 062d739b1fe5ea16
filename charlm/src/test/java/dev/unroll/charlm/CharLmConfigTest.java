package dev.unroll.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.UserError;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CharLmConfigTest {
  @Test
  void propertiesGoRound() {
    CharLmConfig config =
        CharLmConfig.with(Map.of("hidden", "7", "level", "word", "cell", "gru", "window", "9"));
    assertThat(CharLmConfig.with(config.toProperties())).isEqualTo(config);
    assertThat(config.toProperties()).containsEntry("window", "9").containsEntry("level", "word");
  }

  @Test
  void wordsAreReadByLines() {
    assertThat(CharLmConfig.with(Map.of("level", "word")).ending()).isEqualTo(Ending.LINE);
    assertThat(CharLmConfig.defaults().ending()).isEqualTo(Ending.DOCUMENT);
  }

  @ParameterizedTest
  @CsvSource({
    "bidirectional, true, bidirectional must be false",
    "window, 0, window must be at least 1",
    "dev-fraction, -0.1, dev-fraction and test-fraction must be 0 or above",
    "test-fraction, 0.95, their sum below 1",
    "min-count, 0, min-count must be at least 1",
    "baseline-order, -1, baseline-order must be at least 0",
    "level, sentence, level must be one of",
    "embedding-dropout, 1, embedding-dropout must be"
  })
  void refusesWhatCannotBe(String key, String value, String message) {
    assertThatThrownBy(() -> CharLmConfig.with(Map.of(key, value)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }
}
