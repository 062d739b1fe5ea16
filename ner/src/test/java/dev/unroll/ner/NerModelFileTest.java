package dev.unroll.ner;

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
class NerModelFileTest {
  @TempDir static Path folder;
  private static Path good;

  @BeforeAll
  static void save() {
    NerConfig config =
        NerConfig.with(
            Map.of(
                "dimensions",
                "8",
                "hidden",
                "6",
                "epochs",
                "1",
                "character-filters",
                "4",
                "shape-dimensions",
                "2"));
    Corpus<TaggedSentence> sentences = Sample.test();
    TagEncoder encoder = TagEncoder.fit(sentences, config);
    NerModel model = NerTrainer.train(config, encoder, new Split<>(sentences, sentences));
    good = folder.resolve("good.zip");
    model.save(good);
  }

  private static void refused(String entry, String what, String by, String reason) {
    Path file = ModelFiles.changed(good, folder.resolve("hostile.zip"), entry, what, by);
    ModelFiles.assertRefused(file, reason, () -> NerModel.load(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          dimensions | 2000000000 | 'config.properties' describes has
          dimensions | 9          | 'config.properties' describes has
          character-dimensions | 2000000000 | 'config.properties' describes has
          character-filters    | 2000000000 | 'config.properties' describes has
          shape-dimensions     | 2000000000 | 'config.properties' describes has
          """)
  void settingsThatFitNoNetworkAreRefused(String key, String value, String reason) {
    refused("config.properties", "(?m)^" + key + "=.*$", key + "=" + value, reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "[]",
        "{\"scheme\": null, \"types\": [\"PER\"]}",
        "{\"scheme\": \"EVIL\", \"types\": [\"PER\"]}",
        "{\"scheme\": \"BIO\", \"types\": null}",
        "{\"scheme\": \"BIO\", \"types\": []}",
        "{\"scheme\": \"BIO\", \"types\": [null]}",
        "{\"scheme\": \"BIO\", \"types\": [\"PER\", \"PER\"]}"
      })
  void tagsThatAreNoneAreRefused(String tags) {
    refused("tags.json", "(?s)^.*$", tags, "'tags.json'");
  }

  @Test
  void typesAndWordsAreAsManyAsTheNetworkHas() {
    refused("tags.json", "\\[", "[\"ZXQV\", ", "the network");
    refused("vocabulary.txt", "(?m)^the\t.*\n", "", "does not fit the network");
    refused("characters.txt", "(?m)^e\t.*\n", "", "does not fit the network");
  }
}
