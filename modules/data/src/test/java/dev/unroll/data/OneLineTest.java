package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OneLineTest {
  @Test
  void anOrdinaryMessageStaysAsItIs() {
    String message = "reviews.tsv:3: the label '語 😀' is unknown; mend it";
    assertThat(OneLine.of(message)).isSameAs(message);
    assertThat(OneLine.of("x".repeat(OneLine.MOST))).hasSize(OneLine.MOST).doesNotContain("…");
  }

  @Test
  void breaksAndControlsAreShown() {
    assertThat(OneLine.of("a\nb\r\tc\u2028\u0085\u001b[31m"))
        .isEqualTo("a\\nb\\r\\tc\\u2028\\u0085\\u001B[31m");
  }

  @Test
  void aLongValueLosesItsMiddleAndTheMessageNeitherPlaceNorRemedy() {
    UserError error = UserError.data("a.tsv", 7, "'" + "x".repeat(1 << 20) + "' is bad; mend it");
    assertThat(error.getMessage())
        .startsWith("a.tsv:7: 'xxx")
        .contains("x […] x")
        .endsWith("xxx' is bad; mend it")
        .hasSizeLessThanOrEqualTo(OneLine.MOST);
  }

  @Test
  void isShortAndOneLineWhateverItIsMadeOf() {
    Random random = new Random(1);
    String[] parts = {"\n", "\u0001", "😀", "a", "\ud800", "\u2029"};
    for (int round = 0; round < 2000; round++) {
      StringBuilder message = new StringBuilder();
      int kinds = 1 + random.nextInt(parts.length);
      int length = random.nextInt(4000);
      for (int i = 0; i < length; i++) {
        message.append(parts[random.nextInt(kinds)]);
      }
      String line = OneLine.of(message.toString());
      assertThat(line).hasSizeLessThanOrEqualTo(OneLine.MOST);
      assertThat(line).doesNotContainPattern("[\\p{Cntrl}\u2028\u2029\u0085]");
      if (message.indexOf("\ud800") < 0 || kinds < 5) {
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(line)).isTrue();
      }
    }
  }
}
