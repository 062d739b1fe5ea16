package dev.unroll.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.UserError;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeamSearchTest {
  private static final int SYMBOLS = 4;
  private static final int LENGTH = 5;
  private static final int START = 3;

  /** Symbol 0 ends a text. */
  private static final Predicate<int[]> FINISHED = symbols -> symbols[symbols.length - 1] == 0;

  private record Best(List<Integer> symbols, double logProbability) {}

  private static Best exhaustive(ToyModel model, List<Integer> text, double sum) {
    int length = text.size() - 1;
    if (length == LENGTH || (length > 0 && text.get(length) == 0)) {
      return new Best(List.copyOf(text.subList(1, text.size())), sum);
    }
    float[] next = model.logProbabilities(text);
    Best best = null;
    for (int symbol = 0; symbol < SYMBOLS; symbol++) {
      List<Integer> longer = new ArrayList<>(text);
      longer.add(symbol);
      Best found = exhaustive(model, longer, sum + next[symbol]);
      best = best == null || found.logProbability() > best.logProbability() ? found : best;
    }
    return best;
  }

  private static BeamSearch.Hypothesis search(ToyModel model, int width, BitSet excluded) {
    model.begin(1);
    float[] first = model.read(new int[] {START})[0];
    return new BeamSearch(width, excluded, FINISHED).search(model, first, LENGTH);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aBeamThatKeepsAllFindsTheBestOfAllTexts(long seed) {
    ToyModel model = new ToyModel(SYMBOLS, seed);
    Best expected = exhaustive(model, List.of(START), 0);
    BeamSearch.Hypothesis found = search(model, 1000, new BitSet());
    assertThat(found.symbols())
        .containsExactly(expected.symbols().stream().mapToInt(i -> i).toArray());
    assertThat(found.logProbability()).isCloseTo(expected.logProbability(), within(1e-9));
  }

  @Test
  void aBeamOfOneTakesTheLikeliestEachTime() {
    ToyModel model = new ToyModel(SYMBOLS, 11);
    List<Integer> text = new ArrayList<>(List.of(START));
    while (text.size() <= LENGTH && (text.size() == 1 || text.get(text.size() - 1) != 0)) {
      float[] next = model.logProbabilities(text);
      int likeliest = 0;
      for (int i = 1; i < SYMBOLS; i++) {
        likeliest = next[i] > next[likeliest] ? i : likeliest;
      }
      text.add(likeliest);
    }
    assertThat(search(model, 1, new BitSet()).symbols())
        .containsExactly(text.subList(1, text.size()).stream().mapToInt(i -> i).toArray());
  }

  @Test
  void whatIsExcludedDoesNotOccur() {
    BitSet excluded = new BitSet();
    excluded.set(0);
    excluded.set(2);
    int[] symbols = search(new ToyModel(SYMBOLS, 12), 8, excluded).symbols();
    assertThat(symbols).hasSize(LENGTH).doesNotContain(0, 2);
  }

  @Test
  void noSymbolsForNoLength() {
    ToyModel model = new ToyModel(SYMBOLS, 13);
    model.begin(1);
    float[] first = model.read(new int[] {START})[0];
    assertThat(new BeamSearch(3, new BitSet(), FINISHED).search(model, first, 0).symbols())
        .isEmpty();
  }

  private static void all(
      ToyModel model, List<Integer> text, double sum, List<BeamSearch.Hypothesis> found) {
    int length = text.size() - 1;
    if (length == LENGTH || (length > 0 && text.get(length) == 0)) {
      int[] symbols = text.subList(1, text.size()).stream().mapToInt(i -> i).toArray();
      found.add(new BeamSearch.Hypothesis(0, symbols, sum));
      return;
    }
    float[] next = model.logProbabilities(text);
    for (int symbol = 0; symbol < SYMBOLS; symbol++) {
      List<Integer> longer = new ArrayList<>(text);
      longer.add(symbol);
      all(model, longer, sum + next[symbol], found);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.6, 1, 2.5})
  void findsTheBestOfAllTextsByTheirPenalisedScores(double alpha) {
    for (long seed = 1; seed <= 10; seed++) {
      ToyModel model = new ToyModel(SYMBOLS, seed);
      List<BeamSearch.Hypothesis> texts = new ArrayList<>();
      all(model, List.of(START), 0, texts);
      texts.sort(
          Comparator.comparingDouble(
              text -> -text.logProbability() / Math.pow((5 + text.symbols().length) / 6.0, alpha)));
      model.begin(1);
      float[] first = model.read(new int[] {START})[0];
      BeamSearch search = new BeamSearch(2000, new BitSet(), FINISHED).lengthPenalty(alpha);
      assertThat(search.search(model, first, LENGTH, 7))
          .extracting(BeamSearch.Hypothesis::symbols)
          .containsExactlyElementsOf(
              texts.subList(0, 7).stream().map(BeamSearch.Hypothesis::symbols).toList());
    }
  }

  @Test
  void asManyTextsAsThereAre() {
    ToyModel model = new ToyModel(SYMBOLS, 1);
    model.begin(1);
    float[] first = model.read(new int[] {START})[0];
    BeamSearch search = new BeamSearch(100, new BitSet(), FINISHED);
    assertThat(search.search(model, first, 1, 50)).hasSize(SYMBOLS);
    assertThat(search.search(model, first, 0, 50)).hasSize(1);
  }

  @Test
  void refusesAPenaltyBelowZero() {
    BeamSearch search = new BeamSearch(2, new BitSet(), FINISHED);
    assertThatThrownBy(() -> search.lengthPenalty(-1))
        .hasMessage("length-penalty must be 0 or above, got -1.0");
    assertThatThrownBy(() -> search.lengthPenalty(Double.NaN)).isInstanceOf(UserError.class);
  }
}
