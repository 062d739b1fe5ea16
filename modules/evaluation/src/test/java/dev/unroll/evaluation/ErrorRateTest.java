package dev.unroll.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class ErrorRateTest {

  /** What {@code error-rates.py} counted, after each of its pairs and over all of them. */
  @Test
  void isWhatTheDefinitionSays() throws IOException {
    ErrorRate all = new ErrorRate();
    try (InputStream in = ErrorRateTest.class.getResourceAsStream("error-rates.tsv")) {
      for (String line : new String(in.readAllBytes(), UTF_8).split("\n")) {
        String[] cells = line.split("\t", -1);
        ErrorRate one = new ErrorRate();
        one.add(cells[0], cells[1]);
        all.add(cells[0], cells[1]);
        int errors = Integer.parseInt(cells[2]);
        assertThat(ErrorRate.wordErrors(cells[0], cells[1])).as(line).isEqualTo(errors);
        assertThat(sum(one)).as(line).isEqualTo(errors);
        assertThat(all.words()).as(line).isCloseTo(Double.parseDouble(cells[3]), offset(1e-12));
        assertThat(all.characters())
            .as(line)
            .isCloseTo(Double.parseDouble(cells[4]), offset(1e-12));
      }
    }
    assertThat(all.utterances()).isEqualTo(120);
  }

  private static long sum(ErrorRate rate) {
    return (long) rate.toMap().get("substitutions")
        + (long) rate.toMap().get("deletions")
        + (long) rate.toMap().get("insertions");
  }

  @Test
  void kindsOfErrorsAreToldApart() {
    ErrorRate rate = new ErrorRate();
    rate.add("the cat sat down", "the hat sat down");
    rate.add("go", "go go");
    rate.add("yes  please", "yes");
    rate.add("right", " right ");
    assertThat(rate.toMap())
        .containsEntry("utterances", 4)
        .containsEntry("words", 8L)
        .containsEntry("substitutions", 1L)
        .containsEntry("deletions", 1L)
        .containsEntry("insertions", 1L)
        .containsEntry("wordErrorRate", 3 / 8.0)
        .containsEntry("exact", 0.25);
    assertThat(rate.confused(9).stream().map(ErrorRate.Confused::toString))
        .containsExactly(
            "   1 × heard go where nothing was said",
            "   1 × took cat for hat",
            "   1 × missed please");
    assertThat(rate.confused(1)).hasSize(1);
    assertThat(rate.toString())
        .startsWith("word error rate 37.50 % (8 words: 1 substituted, 1 deleted");
  }

  @Test
  void nothingSaidAndNothingHeardIsNoError() {
    ErrorRate rate = new ErrorRate();
    assertThat(rate.words()).isZero();
    assertThat(rate.exact()).isZero();
    rate.add("", " ");
    assertThat(rate.words()).isZero();
    assertThat(rate.exact()).isEqualTo(1);
    rate.add("", "two words");
    assertThat(rate.words()).isEqualTo(2);
    assertThat(rate.realTimeFactor()).isZero();
  }

  @Test
  void twoEvaluationsAreOne() {
    ErrorRate one = new ErrorRate();
    one.add("a b", "a c");
    one.addTime(10, 1);
    ErrorRate other = new ErrorRate();
    other.add("a b", "a c");
    other.addTime(10, 3);
    ErrorRate both = one.plus(other);
    assertThat(both.words()).isEqualTo(0.5);
    assertThat(both.utterances()).isEqualTo(2);
    assertThat(both.realTimeFactor()).isCloseTo(0.2, offset(1e-12));
    assertThat(both.confused(5)).containsExactly(new ErrorRate.Confused("b", "c", 2));
    assertThat(both.toString()).contains("20.0 seconds of sound in 4.00: real-time factor 0.2000");
  }
}
