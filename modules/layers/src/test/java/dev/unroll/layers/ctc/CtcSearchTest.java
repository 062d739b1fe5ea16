package dev.unroll.layers.ctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CtcSearchTest {
  private static final int ALL = 100_000;

  @Test
  void theBestPathIsSpelledWithoutRepetitionsAndBlanks() {
    float[][] steps = {
      {.1f, .8f, .1f}, {.1f, .8f, .1f}, {.9f, 0, .1f}, {.1f, .8f, .1f}, {0, .2f, .8f}, {1, 0, 0}
    };
    assertThat(BestPath.of(steps)).containsExactly(1, 1, 2);
    assertThat(BestPath.of(new float[0][])).isEmpty();
  }

  /** 0.6² = 0.36 for nothing, but 0.64 for "a" in three ways (Graves 2006, figure 2). */
  @Test
  void aSpellingMayBeMoreProbableThanTheBestPath() {
    float[][] logs = new float[2][];
    Arrays.fill(logs, new float[] {(float) Math.log(.6), (float) Math.log(.4)});
    assertThat(BestPath.of(logs)).isEmpty();
    var found = new PrefixBeamSearch(2, 0).search(logs, 5);
    assertThat(found.get(0).labels()).containsExactly(1);
    assertThat(found.get(0).logProbability()).isCloseTo(Math.log(.64), offset(1e-6));
    assertThat(found.get(1).logProbability()).isCloseTo(Math.log(.36), offset(1e-6));
    assertThat(found).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void aWideBeamFindsAllSpellings(int seed) {
    float[][] logs = Alignments.random(new Random(seed), 5, 3, 1.2);
    Map<String, Double> all = new Alignments(logs).all();

    var found = new PrefixBeamSearch(ALL, 0).search(logs, ALL);

    assertThat(found).hasSameSizeAs(all.keySet());
    for (var hypothesis : found) {
      double p = all.get(Alignments.text(hypothesis.labels()));
      assertThat(hypothesis.logProbability()).isCloseTo(Math.log(p), offset(1e-5));
    }
    assertThat(found).isSortedAccordingTo(Comparator.comparingDouble(h -> -h.score()));
  }

  /** What a model of pairs of labels says of a spelling is added as it would be by hand. */
  @ParameterizedTest
  @CsvSource({"1, 100000, 0.7, 0.3", "2, 100000, 2, 0", "3, 4, 1, -0.5", "4, 2, 0.5, 1"})
  void aLanguageModelIsHeardOnceForEachPrefix(int seed, int width, double weight, double bonus) {
    float[][] logs = Alignments.random(new Random(seed), 5, 3, 1.2);
    float[][] pairs = Alignments.random(new Random(seed + 50), 3, 3, 1);
    Alignments alignments = new Alignments(logs);

    var found = new PrefixBeamSearch(width, 0, new Pairs(pairs), weight, bonus).search(logs, ALL);

    for (var hypothesis : found) {
      int[] labels = hypothesis.labels();
      double prior = bonus * labels.length;
      for (int i = 0; i <= labels.length; i++) {
        int before = i == 0 ? 0 : labels[i - 1];
        prior += weight * pairs[before][i == labels.length ? 0 : labels[i]];
      }
      assertThat(hypothesis.score() - hypothesis.logProbability()).isCloseTo(prior, offset(1e-5));
      double p = alignments.probability(labels);
      assertThat(hypothesis.logProbability()).isLessThan(Math.log(p) + 1e-5);
      if (width == ALL) {
        assertThat(hypothesis.logProbability()).isCloseTo(Math.log(p), offset(1e-5));
      }
    }
    assertThat(found).isSortedAccordingTo(Comparator.comparingDouble(h -> -h.score()));
  }

  /** Of words "12", "1" and "22", with 3 between them: what all alignments of each text give. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void withinRulesOnlyTheirTextsAreFound(int seed) {
    float[][] logs = Alignments.random(new Random(seed), 6, 4, 1.2);
    WordRules rules = new WordRules(List.of(new int[] {1, 2}, new int[] {1}, new int[] {2, 2}), 3);
    Map<String, Double> all = new Alignments(logs).all();
    Set<String> allowed = new TreeSet<>();
    for (String text : all.keySet()) {
      String spelled = text.replaceAll("[^0-9]", "");
      if (spelled.matches("((12|1|22)3)*(12|1|22)?")) {
        allowed.add(text);
      }
    }

    var found = new PrefixBeamSearch(ALL, 0).within(rules).search(logs, ALL);

    assertThat(found)
        .extracting(hypothesis -> Alignments.text(hypothesis.labels()))
        .containsExactlyInAnyOrderElementsOf(allowed);
    for (var hypothesis : found) {
      double p = all.get(Alignments.text(hypothesis.labels()));
      assertThat(hypothesis.logProbability()).isCloseTo(Math.log(p), offset(1e-5));
    }
  }

  /** A beam of one follows "22" up to its first 2, which is no word; then nothing was said. */
  @Test
  void whatIsNoWholeWordInTheEndIsCut() {
    float[][] logs = {{-9, -9, -.001f}, {-.001f, -9, -9}};
    WordRules rules = new WordRules(List.of(new int[] {2, 2}), 0);
    var found = new PrefixBeamSearch(1, 0).within(rules).search(logs, 5);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).labels()).isEmpty();
    assertThat(found.get(0).logProbability()).isCloseTo(-9.001, offset(1e-3));
    assertThat(rules.after(rules.start(), 1)).isEqualTo(LabelRules.NONE);
    assertThatThrownBy(() -> new WordRules(List.of(new int[] {1, 3}), 3))
        .hasMessage("a word has the label 3");
  }

  /** Knows the label before each; checks that places are used as they were given. */
  private static final class Pairs implements LabelModel {
    private final float[][] pairs;
    private List<int[]> prefixes;

    Pairs(float[][] pairs) {
      this.pairs = pairs;
    }

    @Override
    public float[] begin() {
      prefixes = List.of(new int[0]);
      return pairs[0];
    }

    @Override
    public float[][] follow(int[] parents, int[] labels, int[] kept) {
      List<int[]> next = new ArrayList<>();
      float[][] logs = new float[parents.length][];
      for (int i = 0; i < parents.length; i++) {
        int[] parent = prefixes.get(parents[i]);
        int[] longer = Arrays.copyOf(parent, parent.length + 1);
        longer[parent.length] = labels[i];
        next.add(longer);
        logs[i] = pairs[labels[i]];
      }
      for (int place : kept) {
        next.add(prefixes.get(place));
      }
      assertThat(next.stream().map(Arrays::toString)).doesNotHaveDuplicates();
      prefixes = next;
      return logs;
    }
  }

  @Test
  void improbableClassesMayBePassedOver() {
    float[][] logs = {{(float) Math.log(.9), (float) Math.log(.09), (float) Math.log(.01)}};
    assertThat(new PrefixBeamSearch(9, 0.05).search(logs, 9)).hasSize(2);
    assertThat(new PrefixBeamSearch(9, 0).search(new float[0][], 9))
        .singleElement()
        .satisfies(nothing -> assertThat(nothing.labels()).isEmpty());
    assertThatThrownBy(() -> new PrefixBeamSearch(0, 0))
        .hasMessage(
            "width must be from 1, cutoff from 0 to below 1, weight from 0; got 0, 0.0, 0.0");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theBestAlignmentIsTheBestOfAll(int seed) {
    float[][] logs = Alignments.random(new Random(seed), 6, 3, 1.5);
    Alignments alignments = new Alignments(logs);
    for (int[] labels : new int[][] {{1}, {1, 1}, {1, 2, 1}, {2, 2, 1}, {}}) {
      ForcedAlignment found = ForcedAlignment.of(logs, labels);
      assertThat(found.logProbability()).isCloseTo(alignments.bestAlignment(labels), offset(1e-5));
      for (int i = 0; i < labels.length; i++) {
        assertThat(found.first()[i]).isLessThanOrEqualTo(found.last()[i]);
        assertThat(i == 0 || found.first()[i] > found.last()[i - 1]).isTrue();
      }
    }
    assertThatThrownBy(() -> ForcedAlignment.of(logs, new int[] {1, 1, 1, 1}))
        .hasMessage("example 0 of the batch has 4 labels, which need 7 steps, and 6 steps");
  }

  @Test
  void labelsStandWhereTheyAreSaid() {
    float no = (float) Math.log(.01);
    float yes = (float) Math.log(.98);
    float[][] logs = {
      {yes, no, no}, {no, yes, no}, {no, yes, no}, {yes, no, no}, {no, no, yes}, {yes, no, no}
    };
    ForcedAlignment found = ForcedAlignment.of(logs, new int[] {1, 2});
    assertThat(found.first()).containsExactly(1, 4);
    assertThat(found.last()).containsExactly(2, 4);
  }
}
