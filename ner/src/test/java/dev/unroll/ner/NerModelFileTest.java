package dev.unroll.ner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.unroll.data.Corpus;
import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.Split;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model from anywhere: what is right is read from everywhere, what is not is refused at once. */
class NerModelFileTest {
  @TempDir static Path folder;
  private static NerModel model;
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
    model = NerTrainer.train(config, encoder, new Split<>(sentences, sentences));
    good = folder.resolve("good.zip");
    model.save(good);
  }

  @Test
  void aModelIsReadFromAFileAStreamAndTheClassPath() throws Exception {
    Path resource = Path.of(NerModelFileTest.class.getResource("").toURI()).resolve("good.zip");
    Files.copy(good, resource, StandardCopyOption.REPLACE_EXISTING);
    Path again = folder.resolve("again.zip");
    try (InputStream in = Files.newInputStream(good)) {
      for (NerModel loaded :
          List.of(
              NerModel.load(good),
              NerModel.load(in),
              NerModel.load(NerModelFileTest.class, "good.zip"))) {
        loaded.save(again);
        assertThat(again).hasSameBinaryContentAs(good);
      }
    } finally {
      Files.delete(resource);
    }
    assertThatThrownBy(() -> NerModel.load(NerModelFileTest.class, "none.zip"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("none.zip: there is no such model on the class path");
  }

  /** The good model with something in one of its entries replaced, under right checksums. */
  private static Path hostile(String entry, String what, String by) throws IOException {
    Path path = folder.resolve("hostile.zip");
    try (ZipFile zip = new ZipFile(good.toFile());
        ModelFileWriter file = new ModelFileWriter(path, "ner")) {
      for (ZipEntry each : Collections.list(zip.entries())) {
        byte[] bytes = zip.getInputStream(each).readAllBytes();
        if (each.getName().equals(entry)) {
          String text = new String(bytes, StandardCharsets.UTF_8);
          String changed = text.replaceFirst(what, by);
          assertThat(changed).isNotEqualTo(text);
          file.text(entry, changed);
        } else if (!each.getName().equals("unroll.json")) {
          file.binary(each.getName(), out -> out.write(bytes));
        }
      }
      file.commit();
    }
    return path;
  }

  private static void refused(Path path, String reason) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> NerModel.load(path))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("hostile.zip")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n")
                .extracting(error -> ((UserError) error).kind())
                .isEqualTo(UserError.Kind.DATA));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          layers     | 100000     | 'config.properties' describes has
          hidden     | 2000000000 | 'config.properties' describes has
          hidden     | 30000      | 'config.properties' describes has
          hidden     | -1         | 'config.properties': hidden must be at least 1, got -1
          hidden     | many       | 'config.properties': hidden must be a whole number, got 'many'
          cell       | evil       | 'config.properties': cell must be one of
          cell       | gru        | does not fit the network
          dimensions | 2000000000 | 'config.properties' describes has
          dimensions | 9          | 'config.properties' describes has
          character-dimensions | 2000000000 | 'config.properties' describes has
          character-filters    | 2000000000 | 'config.properties' describes has
          shape-dimensions     | 2000000000 | 'config.properties' describes has
          """)
  void settingsThatFitNoNetworkAreRefused(String key, String value, String reason)
      throws IOException {
    refused(hostile("config.properties", "(?m)^" + key + "=.*$", key + "=" + value), reason);
  }

  @Test
  void unknownSettingsAreRefused() throws IOException {
    refused(hostile("config.properties", "^", "evil=1\n"), "unknown setting 'evil'");
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
  void tagsThatAreNoneAreRefused(String tags) throws IOException {
    refused(hostile("tags.json", "(?s)^.*$", tags), "'tags.json'");
  }

  @Test
  void typesAndWordsAreAsManyAsTheNetworkHas() throws IOException {
    refused(hostile("tags.json", "\\[", "[\"ZXQV\", "), "the network");
    refused(hostile("vocabulary.txt", "(?m)^the\t.*\n", ""), "does not fit the network");
    refused(hostile("characters.txt", "(?m)^e\t.*\n", ""), "does not fit the network");
  }

  @Test
  void metricsAndProvenanceAreThere() throws IOException {
    refused(hostile("metrics.json", "(?s)^.*$", "null"), "'metrics.json'");
    refused(hostile("metrics.json", "(?s)^.*$", "{\"a\": null}"), "'metrics.json'");
    refused(hostile("provenance.json", "(?s)^.*$", "null"), "'provenance.json'");
  }
}
