package dev.unroll.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ConfusionTest {
  private static final Offset<Double> ROUNDING = within(1e-14);
  private static final List<String> LABELS = List.of("a", "b", "c", "d");

  private final Golden golden = new Golden("confusion.properties");

  @Test
  void agreesWithScikitLearn() {
    Confusion scores = goldenScores();
    assertThat(scores.accuracy()).isEqualTo(golden.number("accuracy"));
    assertThat(scores.macroF1()).isCloseTo(golden.number("macroF1"), ROUNDING);
    assertThat(scores.logLoss()).isCloseTo(golden.number("logLoss"), ROUNDING);
    assertThat(scores.majorityAccuracy()).isEqualTo(golden.number("majority.accuracy"));
    assertThat(scores.majorityMacroF1()).isCloseTo(golden.number("majority.macroF1"), ROUNDING);
    for (int c = 0; c < LABELS.size(); c++) {
      double[] expected = golden.numbers(LABELS.get(c));
      assertThat(scores.precision(c)).isCloseTo(expected[0], ROUNDING);
      assertThat(scores.recall(c)).isCloseTo(expected[1], ROUNDING);
      assertThat(scores.f1(c)).isCloseTo(expected[2], ROUNDING);
      assertThat(scores.support(c)).isEqualTo((long) expected[3]);
      double[] row = golden.numbers("matrix." + c);
      for (int p = 0; p < LABELS.size(); p++) {
        assertThat(scores.count(c, p)).isEqualTo((long) row[p]);
      }
    }
  }

  /** Two right of three; F1 2/3 and 2/3; ln of 0.8, 0.6 and 0.4. */
  @Test
  void agreesWithWhatIsWorkedByHandAndLeavesOutAClassThatNeverOccurs() {
    Confusion scores = new Confusion(List.of("no", "yes", "maybe"));
    scores.add(0, new double[] {0.8, 0.2, 0});
    scores.add(1, new double[] {0.4, 0.6, 0});
    scores.add(1, new double[] {0.6, 0.4, 0});
    assertThat(scores.examples()).isEqualTo(3);
    assertThat(scores.accuracy()).isCloseTo(2 / 3.0, ROUNDING);
    assertThat(scores.macroF1()).isCloseTo(2 / 3.0, ROUNDING);
    double expected = -(Math.log(0.8) + Math.log(0.6) + Math.log(0.4)) / 3;
    assertThat(scores.logLoss()).isCloseTo(expected, within(1e-12));
    assertThat(scores.majority()).isEqualTo(1);
  }

  @Test
  void anAnswerOtherThanTheMostProbableCountsAsGiven() {
    Confusion scores = new Confusion(List.of("no", "yes"));
    scores.add(0, 1, new double[] {0.8, 0.2});
    assertThat(scores.accuracy()).isZero();
    scores.add(0, new double[] {0.5, 0.5});
    assertThat(scores.count(0, 0)).isOne();
  }

  @Test
  void nothingCountedIsNotANumber() {
    Confusion scores = new Confusion(List.of("no", "yes"));
    assertThat(scores.accuracy()).isNaN();
    assertThat(scores.macroF1()).isNaN();
    assertThat(scores.logLoss()).isNaN();
    assertThat(scores.toString()).contains("-").doesNotContain("NaN");
  }

  @Test
  void printsAlignedTables() {
    assertThat(goldenScores().toString())
        .isEqualTo(
            """
                      accuracy  macro-F1  log-loss  examples
            model       0.5000    0.2929    7.8715        10
            always a    0.5000    0.2222

            class  precision  recall      F1  support
            a         0.6000  0.6000  0.6000        5
            b         0.5000  0.6667  0.5714        3
            c         0.0000  0.0000  0.0000        2
            d         0.0000  0.0000  0.0000        0

            true \\ answered  a  b  c  d
            a                3  1  0  1
            b                1  2  0  0
            c                1  1  0  0
            d                0  0  0  0
            """);
  }

  @Test
  void hasTheKeysThatScriptsRelyOn() {
    Map<String, Object> map = goldenScores().toMap();
    assertThat(map)
        .containsEntry("examples", 10L)
        .containsEntry("accuracy", 0.5)
        .containsKeys("macroF1", "logLoss", "labels", "confusion", "majority");
    assertThat(map.get("labels").toString())
        .startsWith("{a={precision=0.6, recall=0.6, f1=0.6, support=5}, b=");
  }

  @Test
  void refusesProbabilitiesOfOtherClasses() {
    Confusion scores = new Confusion(LABELS);
    assertThatThrownBy(() -> scores.add(0, new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 probabilities for 4 classes");
  }

  private Confusion goldenScores() {
    Confusion scores = new Confusion(LABELS);
    for (int i = 0; golden.has("row." + i); i++) {
      String[] row = golden.text("row." + i).split(" ");
      double[] probabilities =
          Arrays.stream(row).skip(1).mapToDouble(Double::parseDouble).toArray();
      scores.add(LABELS.indexOf(row[0]), probabilities);
    }
    return scores;
  }
}
