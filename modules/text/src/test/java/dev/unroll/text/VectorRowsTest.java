package dev.unroll.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class VectorRowsTest {
  /** Mean (2, 4); around it lie (-1, -2), (1, 4), (0, -2): squares (1 + 4) + (1 + 16) + (0 + 4). */
  private static final WordVectors VECTORS =
      new WordVectors("file", List.of("a", "b", "c"), 2, new float[] {1, 2, 3, 8, 2, 2});

  private static final double DEVIATION = Math.sqrt(26 / 6.0);

  private final Vocabulary vocabulary =
      new WordCounter().addAll(List.of("b", "other", "c")).build(1, 10);

  private float[] row(IntFunction<float[]> rows, String word) {
    return rows.apply(vocabulary.id(word));
  }

  @Test
  void asTheyAre() {
    IntFunction<float[]> rows = VectorRows.of(VECTORS, vocabulary);
    assertThat(row(rows, "b")).containsExactly(3, 8);
    assertThat(row(rows, "c")).containsExactly(2, 2);
    assertThat(row(rows, "other")).isNull();
    assertThat(rows.apply(Vocabulary.UNKNOWN_ID)).isNull();
    assertThat(rows.apply(vocabulary.size())).as("a symbol that is no word").isNull();
  }

  @Test
  void broughtToOneMeanAndDeviation() {
    IntFunction<float[]> rows = VectorRows.of(VECTORS, vocabulary, 0.5);
    float unit = (float) (0.5 / DEVIATION);
    assertThat(row(rows, "b")).containsExactly(new float[] {unit, 4 * unit}, within(1e-6f));
    assertThat(row(rows, "c")).containsExactly(new float[] {0, -2 * unit}, within(1e-6f));
    assertThat(row(rows, "other")).isNull();
  }

  @Test
  void vectorsThatAreAllAlikeBecomeZero() {
    WordVectors alike = new WordVectors("file", List.of("b", "c"), 2, new float[] {7, 1, 7, 1});
    assertThat(row(VectorRows.of(alike, vocabulary, 0.5), "b")).containsExactly(0, 0);
  }

  @Test
  void whatIsDoneToARowStaysThere() {
    IntFunction<float[]> rows = VectorRows.of(VECTORS, vocabulary);
    row(rows, "b")[0] = 100;
    assertThat(row(rows, "b")).containsExactly(3, 8);
  }
}
