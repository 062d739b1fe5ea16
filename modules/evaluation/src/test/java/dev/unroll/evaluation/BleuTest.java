package dev.unroll.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.evaluation.BleuConfig.Smoothing;
import dev.unroll.evaluation.BleuConfig.Tokens;
import dev.unroll.evaluation.Translations.Sentence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BleuTest {
  private static final Map<String, BleuConfig> CONFIGS =
      Map.of(
          "bleu.exp", BleuConfig.defaults(),
          "bleu.floor", new BleuConfig(Tokens.MTEVAL_13A, false, Smoothing.FLOOR, false),
          "bleu.add-k", new BleuConfig(Tokens.MTEVAL_13A, false, Smoothing.ADD_ONE, false),
          "bleu.none", new BleuConfig(Tokens.MTEVAL_13A, false, Smoothing.NONE, false),
          "bleu.exp.eff", BleuConfig.forSentences(),
          "bleu.floor.eff", new BleuConfig(Tokens.MTEVAL_13A, false, Smoothing.FLOOR, true),
          "bleu.exp.lc", new BleuConfig(Tokens.MTEVAL_13A, true, Smoothing.EXPONENTIAL, false),
          "bleu.exp.lc.none", BleuConfig.tokenizedLowercase());

  @Test
  void cutsWordsAsTheOriginalDoes() {
    for (int i = 0; i < Translations.ALL.size(); i++) {
      Sentence sentence = Translations.ALL.get(i);
      assertTokens(i + ".0", sentence.hypothesis());
      for (int r = 0; r < sentence.references().size(); r++) {
        assertTokens(i + "." + (r + 1), sentence.references().get(r));
      }
    }
  }

  private static void assertTokens(String key, String text) {
    assertThat(String.join(" ", Ngrams.words(Mteval.tokenize(text))))
        .as(key)
        .isEqualTo(Translations.GOLDEN.text("tokens." + key));
  }

  @ParameterizedTest
  @CsvSource({
    "bleu.exp", "bleu.floor", "bleu.add-k", "bleu.none",
    "bleu.exp.eff", "bleu.floor.eff", "bleu.exp.lc", "bleu.exp.lc.none"
  })
  void equalsTheOriginal(String name) {
    for (String corpus : List.of("one", "all", "few")) {
      Bleu bleu = new Bleu(CONFIGS.get(name));
      Translations.corpus(corpus).forEach(s -> bleu.add(s.hypothesis(), s.references()));
      String key = name + "." + corpus;
      Golden golden = Translations.GOLDEN;
      assertThat(bleu.score()).as(key).isCloseTo(golden.number(key + ".score"), within(1e-9));
      assertThat(bleu.precisions())
          .containsExactly(golden.numbers(key + ".precisions"), within(1e-9));
      assertThat(bleu.brevityPenalty()).isCloseTo(golden.number(key + ".penalty"), within(1e-12));
      assertThat(bleu.hypothesisLength() + " " + bleu.referenceLength())
          .isEqualTo(golden.text(key + ".lengths"));
      assertThat(bleu.signature())
          .isEqualTo(golden.text(key + ".signature").replace("version:2.6.0", "version:unroll.1"));
    }
    double[] scores = Translations.GOLDEN.numbers(name + ".sentences");
    assertThat(scores).hasSameSizeAs(Translations.ALL);
    for (int i = 0; i < scores.length; i++) {
      Bleu bleu = new Bleu(CONFIGS.get(name));
      bleu.add(Translations.ALL.get(i).hypothesis(), Translations.ALL.get(i).references());
      assertThat(bleu.score()).as(name + " of " + i).isCloseTo(scores[i], within(1e-9));
    }
  }

  @Test
  void scoresOneSentence() {
    // Right are 3 of 5 words, 2 of 4 pairs, 1 of 3 triples, none of two 4-grams; 6 words to reach.
    double mean = Math.pow(3 / 5.0 * (2 / 4.0) * (1 / 3.0) * (0.5 / 2), 0.25);
    assertThat(Bleu.ofSentence("a b c x y", List.of("a b c d e f")).score())
        .isCloseTo(100 * mean * Math.exp(1 - 6 / 5.0), within(1e-9));
    assertThat(Bleu.ofSentence("two words", List.of("two words")).score())
        .isCloseTo(100, within(1e-9));
  }

  @Test
  void printsAndMaps() {
    Bleu bleu = new Bleu();
    bleu.add("the cat sat on the mat", "the cat sat on a mat");
    bleu.add("a b", "a b c");
    assertThat(bleu)
        .hasToString(
            """
            words  precision %  correct  total
            1            87.50        7      8
            2            66.67        4      6
            3            50.00        2      4
            4            33.33        1      3
            BLEU 49.28: brevity penalty 0.882, 8 words for 9, 2 sentences
            nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:unroll.1
            """);
    assertThat(bleu.toMap())
        .containsOnlyKeys(
            "sentences",
            "bleu",
            "precisions",
            "brevityPenalty",
            "hypothesisLength",
            "referenceLength",
            "signature")
        .containsEntry("bleu", bleu.score())
        .containsEntry("hypothesisLength", 8L);
  }

  @Test
  void knowsNoScoreOfNothing() {
    assertThat(new Bleu().score()).isNaN();
    assertThat(new Bleu()).asString().contains("BLEU -:", "nrefs:0|");
    assertThatThrownBy(() -> new Bleu().add("a", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
