package dev.unroll.cli.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialTableTest {
  private static TrialResult result(
      String hidden, long seed, double score, double test, boolean higher) {
    return new TrialResult(
        new Trial(Map.of("hidden", hidden), seed, 0, 0),
        null,
        "nats per character",
        higher,
        score,
        Map.of("natsPerCharacter", score),
        Map.of("aaa", 9.0, "natsPerCharacter", test),
        3,
        1.5,
        "abc");
  }

  /** Mean 5 and deviation √(32/7) of these eight numbers, worked by hand. */
  @Test
  void meanAndDeviationAreThoseOfTheTextbook() {
    Spread spread = Spread.of(List.of(2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0));
    assertThat(spread.mean()).isEqualTo(5);
    assertThat(spread.deviation()).isCloseTo(Math.sqrt(32.0 / 7), within(1e-12));
    assertThat(spread.least()).isEqualTo(2);
    assertThat(spread.most()).isEqualTo(9);
    assertThat(Spread.of(List.of(3.0)).deviation()).isNaN();
    assertThat(Spread.of(List.of(3.0))).hasToString("3.0000");
  }

  /** Settings 20 have the best single model, but 10 is better on the whole. */
  @Test
  void theBestModelIsOneOfTheBestSettings() {
    List<TrialResult> results =
        List.of(
            result("10", 1, 0.80, 0.1, true),
            result("20", 1, 0.90, 0.1, true),
            result("10", 2, 0.82, 0.9, true),
            result("20", 2, 0.50, 0.1, true));
    TrialTable table = new TrialTable(results);
    assertThat(table.best()).contains(results.get(2));
    assertThat(table.best(Map.of("hidden", "20"))).contains(results.get(1));
  }

  @Test
  void whereLowerIsBetterTheLowestWins() {
    TrialResult low = result("10", 2, 1.4, 1.5, false);
    TrialTable table =
        new TrialTable(
            List.of(result("20", 1, 1.6, 1, false), result("10", 1, 1.5, 9, false), low));
    assertThat(table.best()).contains(low);
    assertThat(table.toString().lines())
        .containsExactly(
            "hidden  trials  nats per character on dev           natsPerCharacter on test",
            "20      1       1.6000                              1.0000",
            "10      2       1.4500 ± 0.0707 (1.4000 to 1.5000)  5.2500 ± 5.3033 (1.5000 to 9.0000)"
                + "  <- best");
  }

  @Test
  void ofEqualsTheFirstIsTaken() {
    TrialResult first = result("10", 1, 0.5, 0, true);
    TrialTable table = new TrialTable(List.of(first, result("20", 1, 0.5, 0, true)));
    assertThat(table.best()).contains(first);
  }

  @Test
  void failuresCountAndDecideNothing() {
    TrialResult failed =
        TrialResult.failed(new Trial(Map.of("hidden", "10"), 2, 0, 0), "it diverged");
    TrialTable table = new TrialTable(List.of(result("10", 1, 0.5, 0.25, true), failed));
    assertThat(table.failed()).isEqualTo(1);
    assertThat(table.toString()).contains("2 (1 failed)", "0.5000");
    assertThat(table.toList().get(0)).containsEntry("failed", 1);
    assertThat(new TrialTable(List.of(failed)).best()).isEmpty();
    assertThat(new TrialTable(List.of(failed)).toString()).contains("1 (1 failed)");
    assertThat(failed.summary()).containsEntry("error", "it diverged");
  }

  @Test
  void resultsAreReadAsTheyWereWritten() {
    TrialResult result = result("10", 1, 0.5, Double.NaN, false);
    assertThat(TrialResult.ofJson(result.toJson())).contains(result);
    String json = result.toJson();
    for (String damaged : List.of("", "{", "[]", "7", json.substring(0, json.length() / 2))) {
      assertThat(TrialResult.ofJson(damaged)).as(damaged).isEmpty();
    }
  }
}
