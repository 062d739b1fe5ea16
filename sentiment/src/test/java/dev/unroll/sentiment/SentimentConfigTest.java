package dev.unroll.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.cli.Presets;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentimentConfigTest {
  @Test
  void propertiesRoundTrip() {
    SentimentConfig config =
        SentimentConfig.with(Map.of("pooling", "last", "cell", "rnn", "max-words", "400"));
    assertThat(SentimentConfig.with(config.toProperties())).isEqualTo(config);
  }

  @Test
  void everyPresetIsValidAndChangesSomething() throws IOException {
    for (String preset : new Presets(Sentiment.class).names()) {
      Properties properties = new Properties();
      try (InputStream in =
          Sentiment.class.getResourceAsStream("presets/" + preset + ".properties")) {
        properties.load(in);
      }
      Map<String, String> overrides =
          properties.entrySet().stream()
              .collect(Collectors.toMap(e -> (String) e.getKey(), e -> (String) e.getValue()));
      assertThat(SentimentConfig.with(overrides))
          .as(preset)
          .isNotEqualTo(SentimentConfig.defaults());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dimensions | 0 | dimensions must be at least 1, got 0",
        "embedding-dropout | 1.5 | embedding-dropout must be from 0 to below 1, got 1.5",
        "dev-fraction | 1 | dev-fraction must be from 0 to below 1, got 1.0",
        "adversarial | -0.1 | adversarial must be 0 or more, got -0.1",
        "virtual-adversarial | NaN | virtual-adversarial must be 0 or more, got NaN",
        "pooling | first | pooling must be one of max, mean, last, max-mean, last-max-mean, middle, middle-max-mean, got 'first'",
      })
  void badValuesAreRefused(String key, String value, String message) {
    assertThatThrownBy(() -> SentimentConfig.with(Map.of(key, value)))
        .isInstanceOf(UserError.class)
        .hasMessage(message);
  }

  @Test
  void wordsAreNotPredictedInAdversarialTraining() {
    assertThatThrownBy(
            () -> SentimentConfig.with(Map.of("language-model-loss", "0.1", "adversarial", "0.05")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "language-model-loss is not for adversarial or virtual-adversarial training, got 0.1;"
                + " set it to 0 or leave them out");
  }
}
