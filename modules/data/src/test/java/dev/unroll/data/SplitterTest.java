package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitterTest {
  private static Corpus<Integer> numbers(int count) {
    return new Corpus<>(IntStream.range(0, count).boxed().toList(), "numbers", "digest");
  }

  /** What every cross-validation must do, whoever divides. */
  private static void checkFolds(Corpus<Integer> whole, List<Split<Integer>> folds) {
    List<Integer> tested = new ArrayList<>();
    for (Split<Integer> fold : folds) {
      List<Integer> all = new ArrayList<>(fold.train().examples());
      fold.dev().ifPresent(dev -> all.addAll(dev.examples()));
      all.addAll(fold.test().orElseThrow().examples());
      assertThat(all).containsExactlyInAnyOrderElementsOf(whole.examples());
      tested.addAll(fold.test().orElseThrow().examples());
    }
    assertThat(tested).containsExactlyInAnyOrderElementsOf(whole.examples());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10})
  void everyExampleIsTestedOnceAndNeverTrainedOnBefore(int count) {
    Corpus<Integer> whole = numbers(103);
    for (Splitter<Integer> splitter :
        List.<Splitter<Integer>>of(
            Splitter.random(4),
            Splitter.stratified(4, n -> n % 4),
            Splitter.byGroup(4, all -> all.stream().map(n -> n / 5).toList()))) {
      List<Split<Integer>> folds = splitter.folds(whole, count, 0.1);
      assertThat(folds).hasSize(count);
      checkFolds(whole, folds);
      assertThat(folds).allMatch(fold -> fold.dev().isPresent());
      assertThat(splitter.folds(whole, count, 0.1)).isEqualTo(folds);
    }
  }

  @Test
  void foldsAreOfOneSizeAndHaveTheirShareOfEveryLabel() {
    for (Split<Integer> fold :
        Splitter.<Integer>stratified(1, n -> n % 3).folds(numbers(32), 5, 0)) {
      List<Integer> test = fold.test().orElseThrow().examples();
      assertThat(test.size()).isBetween(6, 7);
      for (int label = 0; label < 3; label++) {
        int wanted = label;
        assertThat(test.stream().filter(n -> n % 3 == wanted).count()).isBetween(2L, 3L);
      }
      assertThat(fold.dev()).isEmpty();
    }
  }

  @Test
  void aGroupIsNeverDivided() {
    Splitter<Integer> splitter = Splitter.byGroup(3, all -> all.stream().map(n -> n / 7).toList());
    List<Split<Integer>> splits = new ArrayList<>(splitter.folds(numbers(100), 4, 0.2));
    splits.add(splitter.split(numbers(100), 0.2));
    for (Split<Integer> split : splits) {
      Set<Integer> seen = new HashSet<>();
      List<Corpus<Integer>> parts = new ArrayList<>(List.of(split.train()));
      split.dev().ifPresent(parts::add);
      split.test().ifPresent(parts::add);
      for (Corpus<Integer> part : parts) {
        Set<Integer> groups = new HashSet<>(part.examples().stream().map(n -> n / 7).toList());
        assertThat(seen).doesNotContainAnyElementsOf(groups);
        seen.addAll(groups);
      }
      assertThat(split.dev().orElseThrow().size()).isBetween(7, 20);
    }
  }

  @Test
  void stretchesStayStretches() {
    Splitter<Integer> splitter = new ContiguousSplitter<>("numbers", n -> 1, Optional.empty(), 0);
    List<Split<Integer>> folds = splitter.folds(numbers(30), 3, 0.1);
    checkFolds(numbers(30), folds);
    assertThat(folds.get(1).test().orElseThrow().examples())
        .isEqualTo(IntStream.range(10, 20).boxed().toList());
    assertThat(folds.get(1).dev().orElseThrow().examples()).containsExactly(28, 29);
  }

  @Test
  void aLongExampleIsCutAtItsVeryUnit() {
    Corpus<String> text = new Corpus<>(List.of("abcdef", "ghij"), "text", "digest");
    Splitter<String> splitter =
        new ContiguousSplitter<>(
            "characters",
            String::length,
            Optional.of((s, from, to) -> s.substring((int) from, (int) to)),
            0);
    List<Split<String>> folds = splitter.folds(text, 2, 0);
    assertThat(folds.get(0).test().orElseThrow().examples()).containsExactly("abcde");
    assertThat(folds.get(0).train().examples()).containsExactly("f", "ghij");
    assertThat(folds.get(1).test().orElseThrow().examples()).containsExactly("f", "ghij");
  }

  @Test
  void tooFewExamplesGroupsOrFoldsAreRefused() {
    Splitter<Integer> random = Splitter.random(1);
    assertThatThrownBy(() -> random.folds(numbers(3), 4, 0))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("numbers: 3 examples are too few for 4 folds");
    assertThatThrownBy(() -> random.folds(numbers(3), 1, 0)).hasMessageContaining("at least 2");
    Splitter<Integer> one = Splitter.byGroup(1, all -> all.stream().map(n -> "all").toList());
    assertThatThrownBy(() -> one.folds(numbers(9), 2, 0)).hasMessageContaining("1 groups are");
    assertThatThrownBy(() -> one.split(numbers(9), 0.5)).hasMessageContaining("1 groups are");
  }

  @Test
  void corporaOneAfterTheOtherKeepTheirOrderAndTellApart() {
    Corpus<Integer> two = Corpus.concat(List.of(numbers(2), numbers(3)));
    assertThat(two.examples()).containsExactly(0, 1, 0, 1, 2);
    assertThat(two.source()).isEqualTo("numbers, numbers");
    assertThat(two.digest()).hasSize(64);
    assertThat(Corpus.concat(List.of(numbers(2)))).isEqualTo(numbers(2));
  }
}
