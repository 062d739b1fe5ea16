package dev.unroll.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class SpanScoresTest {
  @Test
  void printsWhatConllevalPrints() throws IOException {
    try (InputStream in = SpanScoresTest.class.getResourceAsStream("spans.txt")) {
      assertThat(compare(in)).isGreaterThanOrEqualTo(60);
    }
  }

  /** 3,600 random sequences in files of three: IOB1, BIO, BIOES, and prefixes without a meaning. */
  @Test
  void printsWhatConllevalPrintsOfRandomTags() throws IOException {
    try (InputStream in = SpanScoresTest.class.getResourceAsStream("spans-random.txt.gz")) {
      assertThat(compare(new GZIPInputStream(in))).isEqualTo(1200);
    }
  }

  /** Compares with the answers of the original script, version of 2004-01-26. */
  private static int compare(InputStream recorded) throws IOException {
    String text = new String(recorded.readAllBytes(), StandardCharsets.UTF_8);
    String[] cases = text.split("(?m)^==\n");
    for (String each : cases) {
      String[] inputAndOutput = each.split("(?m)^=\n");
      assertThat(score(inputAndOutput[0])).as(inputAndOutput[0]).hasToString(inputAndOutput[1]);
    }
    return cases.length;
  }

  /**
   * There: PER 0-1, LOC 3, PER 5. Found: PER 0-1, LOC 3-4, PER 5. Two of three and three, and one
   * wrong tag of six.
   */
  @Test
  void countsSpansAndTags() {
    SpanScores scores = new SpanScores();
    scores.add(
        List.of("B-PER", "I-PER", "O", "B-LOC", "O", "B-PER"),
        List.of("B-PER", "I-PER", "O", "B-LOC", "I-LOC", "B-PER"));
    assertThat(scores.total()).isEqualTo(new SpanScores.Counts(3, 3, 2));
    assertThat(scores.types())
        .isEqualTo(
            Map.of("LOC", new SpanScores.Counts(1, 1, 0), "PER", new SpanScores.Counts(2, 2, 2)));
    assertThat(scores.toMap())
        .containsEntry("sentences", 1L)
        .containsEntry("tokens", 6L)
        .containsEntry("precision", 200.0 / 3)
        .containsEntry("recall", 200.0 / 3)
        .containsEntry("f1", 200.0 / 3)
        .containsEntry("accuracy", 500.0 / 6)
        .containsKey("types");
  }

  @Test
  void aSpanEndsWithItsSentence() {
    SpanScores scores = new SpanScores();
    scores.add(List.of("O", "B-X"), List.of("O", "B-X"));
    scores.add(List.of("I-X", "O"), List.of("I-X", "O"));
    assertThat(scores.total()).isEqualTo(new SpanScores.Counts(2, 2, 2));
  }

  @Test
  void nothingCountedIsNothing() {
    SpanScores scores = new SpanScores();
    assertThat(scores.total().f1()).isZero();
    assertThat(scores)
        .hasToString("processed 0 tokens with 0 phrases; found: 0 phrases; correct: 0.\n");
    scores.add(List.of(), List.of());
    assertThat(scores.tokens()).isZero();
  }

  @Test
  void refusesTagsThatDoNotPairUp() {
    SpanScores scores = new SpanScores();
    assertThatThrownBy(() -> scores.add(List.of("O"), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 true tags and 0 answers");
  }

  private static SpanScores score(String input) {
    SpanScores scores = new SpanScores();
    List<String> gold = new ArrayList<>();
    List<String> predicted = new ArrayList<>();
    for (String line : input.split("\n", -1)) {
      if (!line.isEmpty()) {
        gold.add(line.substring(0, line.indexOf(' ')));
        predicted.add(line.substring(line.indexOf(' ') + 1));
      } else if (!gold.isEmpty()) {
        scores.add(gold, predicted);
        gold.clear();
        predicted.clear();
      }
    }
    return scores;
  }
}
