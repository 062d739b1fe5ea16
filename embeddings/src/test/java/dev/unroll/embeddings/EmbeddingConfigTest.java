package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.embeddings.EmbeddingConfig.Architecture;
import dev.unroll.text.UserError;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingConfigTest {
  @Test
  void propertiesHoldAllOfIt() {
    Properties properties = new Properties();
    properties.setProperty("architecture", "cbow");
    properties.setProperty("loss", "hierarchical-softmax");
    properties.setProperty("dimensions", "7");
    properties.setProperty("subsample", "1.0E-5");
    properties.setProperty("deterministic", "true");
    properties.setProperty("min-ngram", "3");
    EmbeddingConfig config = EmbeddingConfig.fromProperties(properties);
    assertThat(config.dimensions()).isEqualTo(7);
    assertThat(config.maxNgram()).isEqualTo(6);
    assertThat(EmbeddingConfig.fromProperties(config.toProperties())).isEqualTo(config);
  }

  @Test
  void theRateBeginsAsWord2vecs() {
    assertThat(EmbeddingConfig.defaults().learningRate()).isEqualTo(0.025);
    assertThat(EmbeddingConfig.defaults(Architecture.CBOW).learningRate()).isEqualTo(0.05);
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
    Properties properties = new Properties();
    properties.setProperty(name, value);
    assertThatThrownBy(() -> EmbeddingConfig.fromProperties(properties))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(name);
  }
}
