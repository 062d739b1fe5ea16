package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.TextSource;
import dev.unroll.testing.Fuzz;
import dev.unroll.text.MappedVectors;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.WordVectors;
import dev.unroll.text.WordVectorsReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors, texts and questions, damaged at random; two readers of the same file agree. */
class FuzzTest {
  private static TextSource source(byte[] input) {
    return TextSource.of("fuzz", new ByteArrayInputStream(input));
  }

  private static byte[] binary(int dimensions, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes((words.length + " " + dimensions + "\n").getBytes(StandardCharsets.UTF_8));
    for (String word : words) {
      out.writeBytes((word + " ").getBytes(StandardCharsets.UTF_8));
      ByteBuffer row = ByteBuffer.allocate(4 * dimensions).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < dimensions; i++) {
        row.putFloat(word.length() + i);
      }
      out.writeBytes(row.array());
      out.write('\n');
    }
    return out.toByteArray();
  }

  private static Fuzz vectors(String name) {
    return new Fuzz(name, 500)
        .like(
            "3 4\nking 1 2 3 4\nqueen 0.5 -1e-3 2 3\nman 1 1 1 1\n", "king 1 2 3\n. . . 0.5 1 2\n")
        .like(binary(4, "king", "quéen", "</s>"))
        .like(binary(1, "a", "b"));
  }

  @Test
  void vectors() {
    vectors("vectors").read(input -> new WordVectorsReader().read(source(input)));
  }

  @Test
  void mappedVectorsAreThoseOfTheReader(@TempDir Path folder) {
    Path file = folder.resolve("fuzz.bin");
    vectors("mapped-vectors")
        .read(
            input -> {
              Files.write(file, input);
              Optional<MappedVectors> mapped = MappedVectors.open(file, Integer.MAX_VALUE);
              if (mapped.isPresent()) {
                agree(mapped.get(), new WordVectorsReader().read(file));
              }
            });
  }

  private static void agree(MappedVectors mapped, WordVectors read) {
    for (String word : read.words()) {
      float[] there = new float[read.dimensions()];
      read.copyTo(read.index(word), there, 0);
      int row = mapped.index(word);
      assertThat(row).as(word).isNotNegative();
      float[] here = new float[mapped.dimensions()];
      mapped.copyTo(row, here, 0);
      assertThat(here).as(word).isEqualTo(there);
    }
  }

  @Test
  void models(@TempDir Path folder) {
    Path file = folder.resolve("fuzz.bin");
    vectors("embeddings-model")
        .read(
            input -> {
              Files.write(file, input);
              EmbeddingModel model = EmbeddingModel.load(file);
              if (model.size() > 0) {
                String word = model.words().get(0);
                model.nearest(word, 3);
                model.analogy(word, word, word, 1);
                model.similarity(word, word);
              }
            });
  }

  @Test
  void sentences() {
    new Fuzz("sentences", 300)
        .like("the king loves\r\nthe queen\n", "don't U.S. <br />x\n", "\uFEFF")
        .read(
            input ->
                new SentenceReader(List.of(source(input)), Tokenizer.standardWithoutTags(), true)
                    .read(sentence -> {}));
  }

  @Test
  void questions() {
    new Fuzz("questions", 300)
        .like(": capital\nAthens Greece Oslo Norway\n\na b c d\n", "a b c d")
        .read(input -> Analogies.read(source(input)));
    new Fuzz("pairs", 300)
        .like("Word 1,Word 2,Human (mean)\nlove,sex,6.77\n", "# x\na\tb\t1\n")
        .read(input -> WordPairs.read(source(input)));
  }
}
