package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.UserError;
import dev.unroll.text.WordVectors;
import dev.unroll.text.WordVectorsWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorSearchTest {
  private static final int ROWS = 20_011;
  private static final int DIMENSIONS = 67;

  @TempDir Path folder;

  /** Many rows, some of them all but equal, two equal, one zero; large enough to be split. */
  private static float[][] rows() {
    Random random = new Random(3);
    float[][] rows = new float[ROWS][DIMENSIONS];
    for (int i = 0; i < ROWS; i++) {
      for (int d = 0; d < DIMENSIONS; d++) {
        rows[i][d] =
            i % 10 == 9
                ? rows[i - 1][d] * (1 + 1e-5f * (float) random.nextGaussian())
                : (float) random.nextGaussian() * (1 + i % 7);
      }
    }
    rows[4_000] = rows[18_000].clone();
    rows[123] = new float[DIMENSIONS];
    return rows;
  }

  private static double cosine(float[] x, float[] y) {
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int d = 0; d < x.length; d++) {
      xy += (double) x[d] * y[d];
      xx += (double) x[d] * x[d];
      yy += (double) y[d] * y[d];
    }
    return xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
  }

  private void write(Path file, float[][] rows) {
    try (var writer =
        WordVectorsWriter.open(file, WordVectorsWriter.Format.of(file), rows.length, DIMENSIONS)) {
      for (int i = 0; i < rows.length; i++) {
        writer.write("w" + i, rows[i], 0);
      }
    }
  }

  /** The first searches read floats, later ones rounded rows: all must find what a sort finds. */
  @Test
  void everySearchIsExactInMemoryAndInAFile() {
    float[][] rows = rows();
    Path mapped = folder.resolve("vectors.bin");
    Path packed = folder.resolve("vectors.bin.gz");
    write(mapped, rows);
    write(packed, rows);
    for (Path file : List.of(mapped, packed)) {
      EmbeddingModel model = EmbeddingModel.load(file);
      for (int query : new int[] {0, 8, 9, 4_000, 17, 18_000, 20_010}) {
        double[] cosines =
            IntStream.range(0, ROWS).mapToDouble(i -> cosine(rows[query], rows[i])).toArray();
        List<Integer> order =
            IntStream.range(0, ROWS)
                .filter(i -> i != query)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -cosines[i]))
                .toList();
        List<Neighbour> found = model.nearest("w" + query, 25);
        assertThat(found).hasSize(25);
        for (int i = 0; i < 25; i++) {
          int row = Integer.parseInt(found.get(i).word().substring(1));
          // Not the same row where two cosines are equal but for the rounding of floats.
          assertThat(cosines[row]).isCloseTo(cosines[order.get(i)], within(1e-6));
          assertThat(found.get(i).similarity()).isCloseTo(cosines[row], within(1e-6));
        }
      }
      assertThat(model.nearest("w5", 0)).isEmpty();
      assertThat(model.nearest("w5", ROWS + 5)).hasSize(ROWS - 1);
    }
  }

  /** Of floats first, then of rounded rows; 40 are more than are looked for at once. */
  @Test
  void severalFindTogetherWhatEachFindsAlone() {
    Path file = folder.resolve("vectors.bin");
    write(file, rows());
    List<String> words = IntStream.range(0, 40).mapToObj(i -> "w" + 9 * i).toList();
    List<String> asked = Stream.concat(Stream.of("nowhere"), words.stream()).toList();
    List<List<String>> questions =
        IntStream.range(2, 41)
            .mapToObj(i -> List.of(asked.get(i - 2), asked.get(i - 1), asked.get(i)))
            .toList();
    EmbeddingModel model = EmbeddingModel.load(file);
    List<List<Neighbour>> floats = model.nearest(asked.subList(0, 3), 7);
    List<List<Neighbour>> found = model.nearest(asked, 7);
    List<List<Neighbour>> answers = model.analogies(questions, 7);
    assertThat(found.subList(0, 3)).isEqualTo(floats);
    for (int i = 0; i < asked.size(); i++) {
      assertThat(found.get(i)).isEqualTo(model.nearest(asked.get(i), 7)).hasSize(i == 0 ? 0 : 7);
    }
    for (int i = 0; i < questions.size(); i++) {
      List<String> q = questions.get(i);
      assertThat(answers.get(i))
          .isEqualTo(model.analogy(q.get(0), q.get(1), q.get(2), 7))
          .hasSize(i == 0 ? 0 : 7);
    }
  }

  @Test
  void roundingIsWithinItsBound() {
    float[][] rows = rows();
    float[] flat = new float[ROWS * 68];
    float[] scales = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      System.arraycopy(rows[i], 0, flat, i * 68, DIMENSIONS);
      double length = Math.sqrt(IntStream.range(0, 67).mapToDouble(new Square(rows[i])).sum());
      scales[i] = length == 0 ? 0 : (float) (1 / length);
    }
    List<String> words = IntStream.range(0, ROWS).mapToObj(i -> "w" + i).toList();
    RoundedRows rounded = new RoundedRows(VectorTable.of(words, flat, DIMENSIONS, 68), scales);
    assertThat(rounded.error()).isLessThan(1e-3);
    float[] query = new float[68];
    for (int d = 0; d < DIMENSIONS; d++) {
      query[d] = rows[77][d] * scales[77];
    }
    int[] scores = new int[RoundedRows.BLOCK];
    for (int block = 0; block < rounded.blocks(); block++) {
      rounded.scores(block, rounded.query(query), scores);
      for (int i = 0; i < Math.min(scores.length, ROWS - block * scores.length); i++) {
        assertThat(RoundedRows.cosine(scores[i]))
            .isCloseTo(cosine(rows[77], rows[block * scores.length + i]), within(rounded.error()));
      }
    }
  }

  private record Square(float[] row) implements java.util.function.IntToDoubleFunction {
    @Override
    public double applyAsDouble(int d) {
      return (double) row[d] * row[d];
    }
  }

  @Test
  void aVectorThatIsNoNumberIsNamed() {
    float[][] rows = new float[3][DIMENSIONS];
    rows[1][5] = Float.NaN;
    Path file = folder.resolve("bad.bin");
    write(file, rows);
    assertThatThrownBy(() -> EmbeddingModel.load(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("bad.bin")
        .hasMessageContaining("vector 2");
    WordVectors vectors = new WordVectors("v", List.of("a", "b"), 1, new float[] {1, Float.NaN});
    EmbeddingModel model = EmbeddingModel.of(vectors);
    assertThatThrownBy(() -> model.nearest("a", 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("vector 2");
  }
}
