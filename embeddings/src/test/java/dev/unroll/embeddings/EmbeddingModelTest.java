package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.text.WordVectors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers against the definitions, over every word, in double. */
class EmbeddingModelTest {
  private static final int WORDS = 3000;
  private static final int DIMENSIONS = 19;

  private final List<String> words = IntStream.range(0, WORDS).mapToObj(i -> "w" + i).toList();
  private final float[] values = values(WORDS * DIMENSIONS);
  private final EmbeddingModel model =
      EmbeddingModel.of(new WordVectors("test", words, DIMENSIONS, values));

  private static float[] values(int n) {
    Random random = new Random(1);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private double[] unit(int row) {
    double[] unit = new double[DIMENSIONS];
    for (int d = 0; d < DIMENSIONS; d++) {
      unit[d] = values[row * DIMENSIONS + d];
    }
    return scaled(unit);
  }

  private static double[] scaled(double[] vector) {
    double length = Math.sqrt(dot(vector, vector));
    double[] scaled = new double[vector.length];
    for (int d = 0; d < vector.length; d++) {
      scaled[d] = vector[d] / length;
    }
    return scaled;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int d = 0; d < x.length; d++) {
      sum += x[d] * y[d];
    }
    return sum;
  }

  private List<Neighbour> bruteForce(double[] query, int n, List<Integer> excluded) {
    List<Neighbour> all = new ArrayList<>();
    for (int i = 0; i < WORDS; i++) {
      if (!excluded.contains(i)) {
        all.add(new Neighbour(words.get(i), dot(query, unit(i))));
      }
    }
    all.sort(Comparator.comparingDouble(x -> -x.similarity()));
    return all.subList(0, n);
  }

  private static void assertSame(List<Neighbour> actual, List<Neighbour> expected) {
    assertThat(actual.stream().map(Neighbour::word).toList())
        .isEqualTo(expected.stream().map(Neighbour::word).toList());
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i).similarity()).isCloseTo(expected.get(i).similarity(), within(1e-5));
    }
  }

  @Test
  void nearestEqualsSortingAll() {
    for (int i = 0; i < 20; i++) {
      assertSame(model.nearest("w" + i, 7), bruteForce(unit(i), 7, List.of(i)));
    }
  }

  @Test
  void analogyEqualsTheArgmax() {
    for (int i = 0; i < 20; i++) {
      double[] a = unit(i);
      double[] b = unit(i + 100);
      double[] c = unit(i + 200);
      double[] query = new double[DIMENSIONS];
      for (int d = 0; d < DIMENSIONS; d++) {
        query[d] = b[d] - a[d] + c[d];
      }
      assertSame(
          model.analogy("w" + i, "w" + (i + 100), "w" + (i + 200), 3),
          bruteForce(scaled(query), 3, List.of(i, i + 100, i + 200)));
    }
  }

  @Test
  void largeTablesAreSplitAndStillExact() {
    int n = 80_000;
    float[] many = values(n * DIMENSIONS);
    List<String> names = IntStream.range(0, n).mapToObj(i -> "w" + i).toList();
    EmbeddingModel large = EmbeddingModel.of(new WordVectors("test", names, DIMENSIONS, many));
    Neighbour best = large.nearest("w5", 1).get(0);
    double[] query = new double[DIMENSIONS];
    double highest = -1;
    int row = -1;
    for (int i = -1; i < n; i++) {
      double[] other = new double[DIMENSIONS];
      for (int d = 0; d < DIMENSIONS; d++) {
        other[d] = many[(i < 0 ? 5 : i) * DIMENSIONS + d];
      }
      if (i < 0) {
        query = scaled(other);
      } else if (i != 5 && dot(query, scaled(other)) > highest) {
        highest = dot(query, scaled(other));
        row = i;
      }
    }
    assertThat(best.word()).isEqualTo("w" + row);
    assertThat(best.similarity()).isCloseTo(highest, within(1e-5));
  }

  @Test
  void similarityIsTheCosine() {
    assertThat(model.similarity("w3", "w9").orElseThrow())
        .isCloseTo(dot(unit(3), unit(9)), within(1e-6));
    assertThat(model.similarity("w3", "w3").orElseThrow()).isCloseTo(1, within(1e-6));
  }

  @Test
  void theOddOneIsFarthestFromTheMean() {
    float[] plane = {1, 0, 0.9f, 0.1f, 0.8f, -0.1f, 0, 1};
    EmbeddingModel four =
        EmbeddingModel.of(new WordVectors("test", List.of("a", "b", "c", "d"), 2, plane));
    assertThat(four.oddOneOut(List.of("a", "d", "b", "unknown", "c"))).contains("d");
    assertThat(four.oddOneOut(List.of("a", "d", "unknown"))).isEmpty();
  }

  @Test
  void anUnknownWordGivesAnEmptyAnswer() {
    assertThat(model.nearest("nobody", 3)).isEmpty();
    assertThat(model.analogy("w1", "nobody", "w2", 3)).isEmpty();
    assertThat(model.similarity("nobody", "w1")).isEmpty();
    assertThat(model.vector("nobody")).isEmpty();
  }

  @Test
  void askingForMoreThanThereAreGivesAll() {
    assertThat(model.nearest("w1", WORDS + 10)).hasSize(WORDS - 1);
  }

  @Test
  void aZeroVectorIsNearNothingAndBreaksNothing() {
    EmbeddingModel zero =
        EmbeddingModel.of(
            new WordVectors("test", List.of("a", "b", "zero"), 2, new float[] {1, 0, 0, 1, 0, 0}));
    assertThat(zero.similarity("a", "zero")).hasValue(0);
    assertThat(zero.nearest("zero", 2)).allSatisfy(n -> assertThat(n.similarity()).isZero());
  }

  @Test
  void filesReadBackAsTheyWereWritten(@TempDir Path folder) {
    for (String name : List.of("v.vec", "v.bin", "v.glove", "v.vec.gz", "v.bin.gz")) {
      Path file = folder.resolve(name);
      model.save(file);
      EmbeddingModel read = EmbeddingModel.load(file);
      assertThat(read.words()).isEqualTo(words);
      for (int i = 0; i < WORDS; i += 97) {
        assertThat(read.vector("w" + i).orElseThrow())
            .containsExactly(model.vector("w" + i).orElseThrow());
      }
    }
  }
}
