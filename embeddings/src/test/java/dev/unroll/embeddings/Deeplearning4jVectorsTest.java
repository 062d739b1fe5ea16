package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.text.WordVectorsWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.models.embeddings.loader.WordVectorSerializer;
import org.deeplearning4j.models.embeddings.wordvectors.WordVectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deeplearning4j is the oracle: of likeness, and of how it reads our files. */
class Deeplearning4jVectorsTest {
  private static final int DIMENSIONS = 13;

  @TempDir Path folder;

  private static EmbeddingModel model() {
    Kernel kernel = Kernel.best();
    int stride = kernel.stride(DIMENSIONS);
    float[] values = new float[40 * stride];
    Random random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = i % stride < DIMENSIONS ? (float) random.nextGaussian() : 0;
    }
    List<String> words = IntStream.range(0, 40).mapToObj(i -> "word" + i).toList();
    return new EmbeddingModel(words, values, DIMENSIONS, kernel);
  }

  private static void same(EmbeddingModel ours, WordVectors theirs) {
    for (String word : ours.words()) {
      float[] vector = ours.vector(word).orElseThrow();
      double[] other = theirs.getWordVector(word);
      assertThat(other).hasSize(DIMENSIONS);
      for (int d = 0; d < DIMENSIONS; d++) {
        assertThat(other[d]).isCloseTo(vector[d], within(1e-6));
      }
      assertThat(theirs.similarity("word7", word))
          .isCloseTo(ours.similarity("word7", word).orElseThrow(), within(1e-5));
    }
    assertThat(theirs.wordsNearest("word7", 5))
        .containsExactlyElementsOf(ours.nearest("word7", 5).stream().map(Neighbour::word).toList());
    assertThat(theirs.hasWord("nobody")).isFalse();
  }

  @Test
  void deeplearning4jFindsTheSameNeighbours() {
    same(model(), Deeplearning4jVectors.of(model()));
  }

  @Test
  void vectorsComeBack() {
    EmbeddingModel back = Deeplearning4jVectors.model(Deeplearning4jVectors.of(model()));
    assertThat(back.words()).isEqualTo(model().words());
    for (String word : back.words()) {
      assertThat(back.vector(word).orElseThrow())
          .containsExactly(model().vector(word).orElseThrow());
    }
  }

  @Test
  void deeplearning4jReadsOurFiles() {
    for (WordVectorsWriter.Format format :
        List.of(WordVectorsWriter.Format.TEXT, WordVectorsWriter.Format.BINARY)) {
      boolean binary = format == WordVectorsWriter.Format.BINARY;
      Path file = folder.resolve(binary ? "vectors.bin" : "vectors.txt");
      model().save(file, format);
      same(model(), WordVectorSerializer.readWord2VecModel(file.toFile()));
    }
  }
}
