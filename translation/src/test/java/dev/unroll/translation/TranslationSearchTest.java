package dev.unroll.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.attention.AttentionLayer;
import dev.unroll.layers.attention.InputFeedingLayer;
import dev.unroll.translation.TranslationSearch.Found;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class TranslationSearchTest {
  private static final int LONGEST = 4;

  private static SearchConfig beam(int width, double length, double coverage, int nBest) {
    return new SearchConfig(width, length, coverage, nBest, false, LONGEST);
  }

  private static Toy toy(String cell, String attention, String layers, String feeding) {
    return new Toy(
        "cell", cell, "attention", attention, "layers", layers, "input-feeding", feeding);
  }

  @ParameterizedTest
  @CsvSource({
    "lstm, general, 1, false, 0",
    "lstm, none, 2, false, 0.6",
    "gru, additive, 2, false, 1",
    "rnn, dot, 1, false, 0.6",
    "lstm, general, 1, true, 0.6",
    "gru, additive, 2, true, 0",
  })
  void aBeamThatHoldsEverythingFindsTheBest(
      String cell, String attention, String layers, String feeding, double lengthPenalty) {
    Toy toy = toy(cell, attention, layers, feeding);
    List<EncodedPair> sentences = toy.sentences(3);
    List<int[]> all = toy.translations(LONGEST);
    List<List<Found>> found = toy.search(sentences, beam(1000, lengthPenalty, 0, 4));
    for (int i = 0; i < sentences.size(); i++) {
      EncodedPair sentence = sentences.get(i);
      Map<int[], Double> scores = new IdentityHashMap<>();
      for (int[] symbols : all) {
        double penalty = Math.pow((5.0 + symbols.length) / 6, lengthPenalty);
        scores.put(symbols, toy.logProbability(sentence, symbols) / penalty);
      }
      List<int[]> best =
          all.stream().sorted(Comparator.comparing(scores::get).reversed()).limit(4).toList();
      assertThat(found.get(i).stream().map(f -> f.hypothesis().symbols()).toList())
          .usingElementComparator(Arrays::compare)
          .isEqualTo(best);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "lstm, general, 1, false",
    "lstm, none, 2, false",
    "gru, additive, 2, false",
    "rnn, dot, 1, false",
    "lstm, additive, 1, true",
    "gru, general, 2, true",
    "rnn, dot, 1, true"
  })
  void probabilitiesAreThoseOfOnePassOverTheWholeTranslation(
      String cell, String attention, String layers, String feeding) {
    Toy toy = toy(cell, attention, layers, feeding);
    List<EncodedPair> sentences = toy.sentences(9);
    List<List<Found>> found = toy.search(sentences, beam(3, 0.5, 0, 3));
    for (int i = 0; i < sentences.size(); i++) {
      for (Found one : found.get(i)) {
        double expected = toy.logProbability(sentences.get(i), one.hypothesis().symbols());
        assertThat(one.hypothesis().logProbability()).isCloseTo(expected, within(1e-4));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"lstm, general, 1, false", "gru, none, 2, false", "lstm, additive, 3, true"})
  void aSentenceGetsTheSameTranslationsAlone(
      String cell, String attention, int beam, String feeding) {
    Toy toy = toy(cell, attention, "1", feeding);
    List<EncodedPair> sentences = toy.sentences(12);
    SearchConfig search = beam(beam, 1, 0, beam);
    List<List<Found>> together = toy.search(sentences, search);
    for (int i = 0; i < sentences.size(); i++) {
      List<Found> alone = toy.search(List.of(sentences.get(i)), search).get(0);
      assertThat(alone).hasSameSizeAs(together.get(i));
      for (int n = 0; n < alone.size(); n++) {
        Hypothesis expected = together.get(i).get(n).hypothesis();
        assertThat(alone.get(n).hypothesis().symbols()).isEqualTo(expected.symbols());
        assertThat(alone.get(n).hypothesis().logProbability())
            .isCloseTo(expected.logProbability(), within(1e-4));
      }
    }
  }

  @Test
  void aWiderBeamFindsMoreProbableTranslations() {
    Toy toy = new Toy();
    List<EncodedPair> sentences = toy.sentences(60);
    double[] sums = new double[3];
    int[] widths = {1, 2, 1000};
    for (int i = 0; i < widths.length; i++) {
      for (List<Found> found : toy.search(sentences, beam(widths[i], 0, 0, 1))) {
        sums[i] += found.get(0).score();
      }
    }
    assertThat(sums[1]).isGreaterThan(sums[0]);
    assertThat(sums[2]).isGreaterThanOrEqualTo(sums[1]);
  }

  @Test
  void aBeamOfOneTakesTheLikeliestSymbolEachTime() {
    Toy toy = new Toy();
    for (EncodedPair sentence : toy.sentences(8)) {
      int[] symbols =
          toy.search(List.of(sentence), beam(1, 0, 0, 1)).get(0).get(0).hypothesis().symbols();
      for (int t = 0; t < symbols.length; t++) {
        for (int other = 0; other < toy.encoder.target().size(); other++) {
          int[] instead = Arrays.copyOf(symbols, t + 1);
          instead[t] = other;
          assertThat(
                  toy.excluded.get(other)
                      || toy.logProbability(sentence, instead)
                          <= toy.logProbability(sentence, Arrays.copyOf(symbols, t + 1)) + 1e-5)
              .isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void coverageCountsAsThePaperSays(String feeding) {
    Toy toy = toy("lstm", "general", "1", feeding);
    double alpha = 0.6;
    double beta = 0.4;
    for (EncodedPair sentence : toy.sentences(6)) {
      for (Found found : toy.search(List.of(sentence), beam(1000, alpha, beta, 5)).get(0)) {
        int[] symbols = found.hypothesis().symbols();
        double log = toy.logProbability(sentence, symbols);
        INDArray looked = alignment(toy.network.getLayer("attention"));
        double coverage = 0;
        for (int s = 0; s < sentence.source().length; s++) {
          double sum = 0;
          for (int t = 0; t < symbols.length; t++) {
            sum += looked.getDouble(0, t, s);
            assertThat(found.hypothesis().alignments()[t][s])
                .isCloseTo(looked.getFloat(0, t, s), within(1e-5f));
          }
          coverage += Math.log(Math.min(1, sum));
        }
        double expected = log / Math.pow((5.0 + symbols.length) / 6, alpha) + beta * coverage;
        assertThat(found.score()).isCloseTo(expected, within(1e-4));
      }
    }
  }

  private static INDArray alignment(Layer layer) {
    return layer instanceof InputFeedingLayer decoder
        ? decoder.alignment()
        : ((AttentionLayer) layer).alignment();
  }

  @Test
  void theBestIsFirstAndNothingElseIsWritten() {
    Toy toy = new Toy("attention", "dot");
    for (List<Found> found : toy.search(toy.sentences(20), beam(6, 1, 0.1, 6))) {
      assertThat(found).isSortedAccordingTo(Comparator.comparingDouble(Found::score).reversed());
      for (Found one : found) {
        int[] symbols = one.hypothesis().symbols();
        assertThat(symbols).hasSizeBetween(1, LONGEST);
        for (int t = 0; t < symbols.length; t++) {
          assertThat(toy.excluded.get(symbols[t])).isFalse();
          assertThat(symbols[t] == toy.end)
              .isEqualTo(t == symbols.length - 1 && symbols[t] == toy.end);
        }
      }
    }
  }
}
