package dev.unroll.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.evaluation.Translations.Sentence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChrFTest {
  @ParameterizedTest
  @CsvSource({"chrf, false, false", "chrf.lc, false, true", "chrf++, true, false"})
  void equalsTheOriginal(String name, boolean plusPlus, boolean lowercase) {
    Golden golden = Translations.GOLDEN;
    for (String corpus : List.of("one", "all", "few")) {
      ChrF chrF = new ChrF(plusPlus, lowercase);
      Translations.corpus(corpus).forEach(s -> chrF.add(s.hypothesis(), s.references()));
      String key = name + "." + corpus;
      assertThat(chrF.score()).as(key).isCloseTo(golden.number(key + ".score"), within(1e-9));
      assertThat(chrF.signature())
          .isEqualTo(golden.text(key + ".signature").replace("version:2.6.0", "version:unroll.1"));
    }
    double[] scores = golden.numbers(name + ".sentences");
    assertThat(scores).hasSameSizeAs(Translations.ALL);
    for (int i = 0; i < scores.length; i++) {
      Sentence sentence = Translations.ALL.get(i);
      ChrF chrF = new ChrF(plusPlus, lowercase);
      chrF.add(sentence.hypothesis(), sentence.references());
      assertThat(chrF.score()).as(name + " of " + i).isCloseTo(scores[i], within(1e-9));
    }
  }

  @Test
  void weighsRecallTwiceAsMuch() {
    ChrF chrF = new ChrF();
    chrF.add("a b", "a c d");
    // One of two characters is right and one of three found; of "ab" and "acd" no pair is. The mean
    // is over the two orders that both have.
    double precision = (1 / 2.0 + 0) / 2;
    double recall = (1 / 3.0 + 0) / 2;
    assertThat(chrF.score())
        .isCloseTo(100 * 5 * precision * recall / (4 * precision + recall), within(1e-9));
  }

  @Test
  void printsAndMaps() {
    ChrF chrF = new ChrF(true, false);
    chrF.add("the same", "the same");
    assertThat(chrF)
        .hasToString(
            """
            chrF2++ 100.00: 1 sentences
            nrefs:1|case:mixed|eff:yes|nc:6|nw:2|space:no|version:unroll.1
            """);
    assertThat(chrF.toMap()).containsOnlyKeys("sentences", "chrf", "chrfSignature");
    assertThat(new ChrF().score()).isNaN();
    assertThat(new ChrF()).asString().startsWith("chrF2 -: 0 sentences");
    assertThatThrownBy(() -> chrF.add("a", List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
