package dev.unroll.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairFilterTest {
  private static final TranslationConfig CONFIG =
      TranslationConfig.with(Map.of("max-length", "10", "max-ratio", "3"));

  private static Corpus<SentencePair> corpus(SentencePair... pairs) {
    return new Corpus<>(List.of(pairs), "pairs.tsv", "none");
  }

  @Test
  void whatIsLeftOutIsCountedByItsReason() {
    SentencePair good = new SentencePair("Guten Tag.", "Hello.");
    SentencePair atTheLimits = new SentencePair("a b c", "1 2 3 4 5 6 7 8 9");
    PairFilter.Filtered filtered =
        new PairFilter(CONFIG)
            .filter(
                corpus(
                    good,
                    new SentencePair("", "x"),
                    new SentencePair("x", " \t"),
                    SentencePair.untranslated("x"),
                    new SentencePair("a ".repeat(11), "b ".repeat(10)),
                    new SentencePair("a b c", "1 2 3 4 5 6 7 8 9 10"),
                    atTheLimits));
    assertThat(filtered.kept().examples()).containsExactly(good, atTheLimits);
    assertThat(filtered.report())
        .contains(
            "5 of 7 pairs left out: 3 with an empty side, 1 too long, 1 of too unequal length");
    assertThat(filtered.kept().digest()).isEqualTo("none");
  }

  @Test
  void nothingLeftOutIsNothingToReport() {
    Corpus<SentencePair> pairs = corpus(new SentencePair("a", "b"));
    assertThat(new PairFilter(CONFIG).filter(pairs).report()).isEmpty();
  }

  @Test
  void nothingLeftIsAnError() {
    assertThatThrownBy(() -> new PairFilter(CONFIG).filter(corpus(new SentencePair("a", ""))))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("pairs.tsv: ")
        .hasMessageContaining("1 with an empty side");
  }
}
