package dev.unroll.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnalogyScoresTest {
  @Test
  void sumsSectionsByKind() {
    AnalogyScores scores = new AnalogyScores();
    scores.add("capitals", true);
    scores.add("capitals", true);
    scores.add("capitals", false);
    scores.addSkipped("capitals");
    scores.add("gram1-adverbs", false);
    scores.addSkipped("gram2-opposites");
    assertThat(scores.total()).isEqualTo(new AnalogyScores.Section(4, 2, 2));
    assertThat(scores.semantic()).isEqualTo(new AnalogyScores.Section(3, 2, 1));
    assertThat(scores.syntactic()).isEqualTo(new AnalogyScores.Section(1, 0, 1));
    assertThat(scores.toMap())
        .containsEntry("total", 4L)
        .containsEntry("correct", 2L)
        .containsEntry("skipped", 2L)
        .containsEntry("accuracy", 0.5)
        .containsKey("sections");
    assertThat(scores)
        .hasToString(
            """
            section          accuracy %  correct  total  skipped
            capitals              66.67        2      3        1
            gram1-adverbs          0.00        0      1        0
            gram2-opposites           -        0      0        1
            semantic              66.67        2      3        1
            syntactic              0.00        0      1        1
            all                   50.00        2      4        2
            """);
  }

  @Test
  void nothingCountedIsNotANumber() {
    assertThat(new AnalogyScores().total().accuracy()).isNaN();
    assertThat(new AnalogyScores().sections()).isEmpty();
  }
}
