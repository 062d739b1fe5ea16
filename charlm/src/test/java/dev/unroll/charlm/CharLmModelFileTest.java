package dev.unroll.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.unroll.data.Corpus;
import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.Split;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model from anywhere: what is right is read from everywhere, what is not is refused at once. */
class CharLmModelFileTest {
  @TempDir static Path folder;
  private static CharLmModel model;
  private static Path good;

  @BeforeAll
  static void save() {
    CharLmConfig config = Verse.config("epochs", "1", "baseline-order", "3");
    Corpus<Passage> passages = Verse.corpus(config);
    CharEncoder encoder = CharEncoder.fit(passages, config);
    model = CharLmTrainer.train(config, encoder, new Split<>(passages, passages));
    good = folder.resolve("good.zip");
    model.save(good);
  }

  @Test
  void aModelIsReadFromAFileAStreamAndTheClassPath() throws Exception {
    Path resource = Path.of(CharLmModelFileTest.class.getResource("").toURI()).resolve("good.zip");
    Files.copy(good, resource, StandardCopyOption.REPLACE_EXISTING);
    Path again = folder.resolve("again.zip");
    try (InputStream in = Files.newInputStream(good)) {
      for (CharLmModel loaded :
          List.of(
              CharLmModel.load(good),
              CharLmModel.load(in),
              CharLmModel.load(CharLmModelFileTest.class, "good.zip"))) {
        loaded.save(again);
        assertThat(again).hasSameBinaryContentAs(good);
      }
    } finally {
      Files.delete(resource);
    }
    assertThatThrownBy(() -> CharLmModel.load(CharLmModelFileTest.class, "none.zip"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("none.zip: there is no such model on the class path");
  }

  /** The good model with something in one of its entries replaced, under right checksums. */
  private static Path hostile(String entry, String what, String by) throws IOException {
    return hostile(good, entry, what, by);
  }

  private static Path hostile(Path model, String entry, String what, String by) throws IOException {
    Path path = folder.resolve("hostile.zip");
    try (ZipFile zip = new ZipFile(model.toFile());
        ModelFileWriter file = new ModelFileWriter(path, "charlm")) {
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
            assertThatThrownBy(() -> CharLmModel.load(path))
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
          baseline-order | 1000000 | baseline-order must be at most 100
          baseline-order | 4       | 'baseline.bin' is of another order
          adaptive-softmax | 5     | adaptive-softmax is for words
          """)
  void settingsThatFitNoNetworkAreRefused(String key, String value, String reason)
      throws IOException {
    refused(hostile("config.properties", "(?m)^" + key + "=.*$", key + "=" + value), reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          auto   | does not say where the tails of its softmax begin
          5,9999 | adaptive-softmax must be below the number of symbols
          5,9    | the network that 'config.properties' describes has
          """)
  void cutoffsAreThoseOfTheNetwork(String cutoffs, String reason) throws IOException {
    String by = "adaptive-softmax=" + cutoffs;
    Path words = hostile("config.properties", "(?m)^level=.*$", "level=word");
    Path kept = Files.copy(words, folder.resolve("words.zip"), StandardCopyOption.REPLACE_EXISTING);
    refused(hostile(kept, "config.properties", "(?m)^adaptive-softmax=.*$", by), reason);
  }

  @Test
  void unknownSettingsAreRefused() throws IOException {
    refused(hostile("config.properties", "^", "evil=1\n"), "unknown setting 'evil'");
  }

  /** The good model with its parameters replaced, under right checksums. */
  private static Path withParameters(UnaryOperator<byte[]> change) throws IOException {
    Path path = folder.resolve("hostile.zip");
    try (ZipFile zip = new ZipFile(good.toFile());
        ModelFileWriter file = new ModelFileWriter(path, "charlm")) {
      for (ZipEntry each : Collections.list(zip.entries())) {
        byte[] bytes = zip.getInputStream(each).readAllBytes();
        if (!each.getName().equals("unroll.json")) {
          boolean changed = each.getName().equals("parameters.bin");
          file.binary(
              each.getName(), out -> out.write(changed ? change.apply(bytes.clone()) : bytes));
        }
      }
      file.commit();
    }
    return path;
  }

  private static UnaryOperator<byte[]> endingWith(float value) {
    return bytes -> {
      ByteBuffer.wrap(bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putFloat(bytes.length - Float.BYTES, value);
      return bytes;
    };
  }

  @Test
  void parametersAreAsManyAsTheNetworkHasAndNumbersToComputeWith() throws IOException {
    refused(
        withParameters(bytes -> Arrays.copyOf(bytes, bytes.length + 7)),
        "'parameters.bin' goes on after its last value");
    for (float value : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, 1e30f}) {
      refused(withParameters(endingWith(value)), "'parameters.bin' holds the value ");
    }
    CharLmModel.load(withParameters(endingWith(0.5f)));
  }

  @Test
  void symbolsAreAsManyAsTheNetworkHas() throws IOException {
    refused(hostile("vocabulary.txt", "(?m)^e\t.*\n", ""), "does not fit the network");
    refused(hostile("vocabulary.txt", "\\z", "Ω\t1\n"), "the network");
  }

  /** An n-gram of a million symbols would be followed to its end, call by call. */
  @Test
  void nGramsAreNoLongerThanTheySay() throws IOException {
    refused(hostile("baseline.bin", "(?s)^.*$", "\0\0\0\3"), "ends early");
    refused(hostile("baseline.bin", "(?s)^.*$", "\0\1\0\3" + "\0\0\0\7".repeat(2)), "of order");
    StringBuilder chain = new StringBuilder("\0\0\0\3\0\0\0\7\0\0\0\6");
    for (char node = 0; node < 5; node++) {
      chain.append("\0\0\0").append(node).append("\0\0\0\1\0\0\0\1");
    }
    refused(hostile("baseline.bin", "(?s)^.*$", chain.toString()), "longer than the order 3");
  }

  @Test
  void metricsAndProvenanceAreThere() throws IOException {
    refused(hostile("metrics.json", "(?s)^.*$", "null"), "'metrics.json'");
    refused(hostile("metrics.json", "(?s)^.*$", "{\"a\": null}"), "'metrics.json'");
    refused(hostile("provenance.json", "(?s)^.*$", "null"), "'provenance.json'");
  }
}
