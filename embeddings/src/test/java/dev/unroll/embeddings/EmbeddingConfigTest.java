package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.UserError;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingConfigTest {
  @Test
  void propertiesHoldAllOfIt() {
    Map<String, String> properties = new HashMap<>();
    properties.put("architecture", "cbow");
    properties.put("loss", "hierarchical-softmax");
    properties.put("dimensions", "7");
    properties.put("subsample", "1.0E-5");
    properties.put("deterministic", "true");
    properties.put("min-ngram", "3");
    EmbeddingConfig config = EmbeddingConfig.with(properties);
    assertThat(config.dimensions()).isEqualTo(7);
    assertThat(config.maxNgram()).isEqualTo(6);
    assertThat(EmbeddingConfig.with(config.toProperties())).isEqualTo(config);
  }

  @Test
  void theRateBeginsAsWord2vecs() {
    assertThat(EmbeddingConfig.defaults().learningRate()).isEqualTo(0.025);
    assertThat(EmbeddingConfig.with(Map.of("architecture", "cbow")).learningRate()).isEqualTo(0.05);
    assertThat(EmbeddingConfig.with(Map.of("min-ngram", "8")).maxNgram()).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({
    "dimensions, 0",
    "window, -1",
    "negative, 0",
    "epochs, many",
    "subsample, 2",
    "subsample, NaN",
    "learning-rate, 0",
    "max-ngram, -1",
    "deterministic, perhaps",
    "architecture, glove",
    "dimension, 5"
  })
  void whatIsOutOfRangeOrUnknownIsNamed(String name, String value) {
    Map<String, String> properties = new HashMap<>();
    properties.put(name, value);
    assertThatThrownBy(() -> EmbeddingConfig.with(properties))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(name);
  }
}
