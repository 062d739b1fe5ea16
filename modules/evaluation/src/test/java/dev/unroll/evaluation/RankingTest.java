package dev.unroll.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankingTest {
  @Test
  void agreesWithSciPyOnTies() {
    Golden golden = new Golden("ranking.properties");
    int cases = 0;
    for (; golden.has(cases + ".gold"); cases++) {
      double[] gold = golden.numbers(cases + ".gold");
      double[] predicted = golden.numbers(cases + ".predicted");
      assertThat(spearman(gold, predicted))
          .isCloseTo(golden.number(cases + ".spearman"), within(1e-12));
    }
    assertThat(cases).isEqualTo(8);
  }

  @Test
  void dependsOnTheOrderOnly() {
    double[] gold = {1, 2, 3, 4};
    assertThat(spearman(gold, new double[] {1, 10, 100, 1000})).isCloseTo(1, within(1e-15));
    assertThat(spearman(gold, new double[] {0, -1, -2, -9})).isCloseTo(-1, within(1e-15));
    // 1 - 6 * (1 + 1 + 0 + 0) / (4 * 15)
    assertThat(spearman(gold, new double[] {2, 1, 3, 4})).isCloseTo(0.8, within(1e-15));
  }

  @Test
  void isNotANumberWithoutAnOrder() {
    assertThat(new Ranking().spearman()).isNaN();
    assertThat(spearman(new double[] {1}, new double[] {1})).isNaN();
    assertThat(spearman(new double[] {1, 2}, new double[] {3, 3})).isNaN();
    assertThat(new Ranking()).hasToString("0 pairs (0 missing): Spearman -\n");
  }

  @Test
  void countsMissingPairs() {
    Ranking scores = new Ranking();
    for (int i = 0; i < 300; i++) {
      scores.add(i, i);
    }
    scores.addMissing();
    assertThat(scores.toMap()).containsEntry("pairs", 301).containsEntry("missing", 1);
    assertThat(scores).hasToString("301 pairs (1 missing): Spearman 1.0000\n");
    assertThatThrownBy(() -> scores.add(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double spearman(double[] gold, double[] predicted) {
    Ranking scores = new Ranking();
    for (int i = 0; i < gold.length; i++) {
      scores.add(gold[i], predicted[i]);
    }
    return scores.spearman();
  }
}
