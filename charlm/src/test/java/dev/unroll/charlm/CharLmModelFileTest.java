package dev.unroll.charlm;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.testing.ModelFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file may hold that fits no model: refused at once. */
class CharLmModelFileTest {
  @TempDir static Path folder;
  private static Path good;

  @BeforeAll
  static void save() {
    CharLmConfig config = Verse.config("epochs", "1", "baseline-order", "3");
    Corpus<Passage> passages = Verse.corpus(config);
    CharEncoder encoder = CharEncoder.fit(passages, config);
    CharLmModel model = CharLmTrainer.train(config, encoder, new Split<>(passages, passages));
    good = folder.resolve("good.zip");
    model.save(good);
  }

  private static void refused(String entry, String what, String by, String reason) {
    refused(ModelFiles.changed(good, folder.resolve("hostile.zip"), entry, what, by), reason);
  }

  private static void refused(Path file, String reason) {
    ModelFiles.assertRefused(file, reason, () -> CharLmModel.load(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          dimensions | 2000000000 | 'config.properties' describes has
          baseline-order | 1000000 | baseline-order must be at most 100
          baseline-order | 4       | 'baseline.bin' is of another order
          adaptive-softmax | 5     | adaptive-softmax is for words
          """)
  void settingsThatFitNoNetworkAreRefused(String key, String value, String reason) {
    refused("config.properties", "(?m)^" + key + "=.*$", key + "=" + value, reason);
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
  void cutoffsAreThoseOfTheNetwork(String cutoffs, String reason) {
    String by = "adaptive-softmax=" + cutoffs;
    Path words = folder.resolve("words.zip");
    ModelFiles.changed(good, words, "config.properties", "(?m)^level=.*$", "level=word");
    Path hostile = folder.resolve("hostile.zip");
    ModelFiles.changed(words, hostile, "config.properties", "(?m)^adaptive-softmax=.*$", by);
    refused(hostile, reason);
  }

  private static Path withParameters(UnaryOperator<byte[]> change) {
    return ModelFiles.changed(good, folder.resolve("hostile.zip"), "parameters.bin", change);
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
  void parametersAreAsManyAsTheNetworkHasAndNumbersToComputeWith() {
    refused(
        withParameters(bytes -> Arrays.copyOf(bytes, bytes.length + 7)),
        "'parameters.bin' goes on after its last value");
    for (float value : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, 1e30f}) {
      refused(withParameters(endingWith(value)), "'parameters.bin' holds the value ");
    }
    CharLmModel.load(withParameters(endingWith(0.5f)));
  }

  @Test
  void symbolsAreAsManyAsTheNetworkHas() {
    refused("vocabulary.txt", "(?m)^e\t.*\n", "", "does not fit the network");
    refused("vocabulary.txt", "\\z", "Ω\t1\n", "the network");
  }

  /** An n-gram of a million symbols would be followed to its end, call by call. */
  @Test
  void nGramsAreNoLongerThanTheySay() {
    refused("baseline.bin", "(?s)^.*$", "\0\0\0\3", "ends early");
    refused("baseline.bin", "(?s)^.*$", "\0\1\0\3" + "\0\0\0\7".repeat(2), "of order");
    StringBuilder chain = new StringBuilder("\0\0\0\3\0\0\0\7\0\0\0\6");
    for (char node = 0; node < 5; node++) {
      chain.append("\0\0\0").append(node).append("\0\0\0\1\0\0\0\1");
    }
    refused("baseline.bin", "(?s)^.*$", chain.toString(), "longer than the order 3");
  }
}
