package dev.unroll.sentiment;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.testing.ModelFiles;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file may hold that fits no model: refused at once. */
class SentimentModelFileTest {
  @TempDir static Path folder;
  private static Path good;

  @BeforeAll
  static void save() {
    SentimentConfig config =
        SentimentConfig.with(Map.of("dimensions", "8", "hidden", "6", "epochs", "1"));
    Corpus<Review> reviews = Sample.test();
    ReviewEncoder encoder = ReviewEncoder.fit(reviews, config);
    SentimentModel model = SentimentTrainer.train(config, encoder, new Split<>(reviews, reviews));
    good = folder.resolve("good.zip");
    model.save(good);
  }

  private static void refused(String entry, String what, String by, String reason) {
    Path file = ModelFiles.changed(good, folder.resolve("hostile.zip"), entry, what, by);
    ModelFiles.assertRefused(file, reason, () -> SentimentModel.load(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          dimensions | 2000000000 | 'config.properties' describes has
          dimensions | 9          | 'config.properties' describes has
          """)
  void settingsThatFitNoNetworkAreRefused(String key, String value, String reason) {
    refused("config.properties", "(?m)^" + key + "=.*$", key + "=" + value, reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "[\"a\"]", "[null, null]", "[\"a\", \"a\"]", "{}", "7"})
  void labelsThatAreNoneAreRefused(String labels) {
    refused("labels.json", "(?s)^.*$", labels, "'labels.json'");
  }

  @Test
  void labelsAndWordsAreAsManyAsTheNetworkHas() {
    refused("labels.json", "\\[", "[\"a\", ", "does not fit the network");
    refused("vocabulary.txt", "(?m)^a\t.*\n", "", "does not fit the network");
    refused("vocabulary.txt", "\\z", "zxqv\t1\n", "the network");
  }
}
