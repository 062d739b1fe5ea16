package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorpusTest {
  @Test
  void partsAreAPartitionInOrder() {
    Corpus<Integer> corpus = numbers(1000);
    Split<Integer> split = corpus.split(0.1, 7);
    assertThat(split.train().size()).isEqualTo(900);
    assertThat(split.dev().orElseThrow().size()).isEqualTo(100);
    assertThat(split.train().examples()).isSorted();
    assertThat(split.dev().orElseThrow().examples()).isSorted();
    assertThat(split.train().examples())
        .doesNotContainAnyElementsOf(split.dev().orElseThrow().examples());
    assertThat(split.test()).isEmpty();
    assertThat(split.dev().orElseThrow().digest()).isEqualTo(corpus.digest());
    assertThat(split.dev().orElseThrow().source()).isEqualTo("numbers (dev part)");
  }

  @Test
  void theSeedDecides() {
    Corpus<Integer> corpus = numbers(1000);
    assertThat(corpus.split(0.1, 7)).isEqualTo(corpus.split(0.1, 7));
    assertThat(corpus.split(0.1, 7)).isNotEqualTo(corpus.split(0.1, 8));
    // Spread over the whole: were it a run at the end, the smallest would be 900.
    assertThat(corpus.split(0.1, 7).dev().orElseThrow().examples().get(0)).isLessThan(100);
  }

  @Test
  void everyLabelHasItsShare() {
    Corpus<Integer> corpus = numbers(1000);
    // Labels 0, 1, 2 for 100, 200 and 700 numbers.
    Split<Integer> split = corpus.split(0.25, 1, CorpusTest::label);
    assertThat(split.dev().orElseThrow().examples().stream().filter(n -> label(n) == 0))
        .hasSize(25);
    assertThat(split.dev().orElseThrow().examples().stream().filter(n -> label(n) == 1))
        .hasSize(50);
    assertThat(split.dev().orElseThrow().examples().stream().filter(n -> label(n) == 2))
        .hasSize(175);
    // 3 and 6 and 91 of 100: shares of 0.3, 0.6 and 9.1 make 0, 1 and 9.
    Split<Integer> rounded = numbers(100).split(0.1, 1, n -> n < 3 ? 0 : n < 9 ? 1 : 2);
    assertThat(rounded.dev().orElseThrow().examples().stream().filter(n -> n < 3)).isEmpty();
    assertThat(rounded.dev().orElseThrow().examples().stream().filter(n -> n >= 3 && n < 9))
        .hasSize(1);
    assertThat(rounded.dev().orElseThrow().size()).isEqualTo(10);
  }

  @Test
  void theLastExampleOfALabelStaysInTraining() {
    Split<Integer> split = numbers(11).split(0.5, 1, n -> n == 0);
    assertThat(split.train().examples()).contains(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4})
  void refusesAnEmptyPart(int size) {
    assertThatThrownBy(() -> numbers(size).split(0.1, 1))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "numbers: %d examples are too few to split off 0.1 of them; give dev, or dev-fraction 0",
            size);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, -0.1, 1.1, Double.NaN})
  void refusesAFractionOutOfRange(double fraction) {
    assertThatThrownBy(() -> numbers(10).split(fraction, 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("dev-fraction must be from 0 to below 1, got " + fraction);
  }

  @Test
  void aFractionOfNothingLeavesAllForTraining() {
    Split<Integer> split = numbers(1).split(0, 1);
    assertThat(split.train()).isEqualTo(numbers(1));
    assertThat(split.dev()).isEmpty();
  }

  @Test
  void aSplitRefusesCorporaWithoutExamples() {
    assertThatThrownBy(() -> new Split<>(numbers(1), numbers(0)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no examples for the dev part");
  }

  private static int label(int number) {
    return number < 100 ? 0 : number < 300 ? 1 : 2;
  }

  private static Corpus<Integer> numbers(int size) {
    List<Integer> numbers = IntStream.range(0, size).boxed().toList();
    return new Corpus<>(numbers, "numbers", "00");
  }
}
