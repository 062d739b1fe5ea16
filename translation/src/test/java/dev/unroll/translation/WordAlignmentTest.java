package dev.unroll.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordAlignmentTest {
  private static final Alignment SYMBOLS =
      new Alignment(
          List.of("Apfel@@", "baum", "￭,", "ja", "<END>"),
          List.of("apple", "tr@@", "ee", "￭!", "<END>"),
          new float[][] {
            {0.7f, 0.1f, 0.1f, 0.1f, 0},
            {0.1f, 0.6f, 0.1f, 0.1f, 0.1f},
            {0.1f, 0.2f, 0.5f, 0.1f, 0.1f},
            {0.1f, 0.1f, 0.1f, 0.1f, 0.6f},
            {0, 0, 0, 0, 1}
          });

  @Test
  void partsOfWordsAreJoinedAndTheirWeightsToo() {
    WordAlignment words = WordAlignment.of(SYMBOLS);
    assertThat(words.source()).containsExactly("Apfelbaum", ",", "ja");
    assertThat(words.target()).containsExactly("apple", "tree", "!");
    assertThat(words.weights()[0][0]).isEqualTo(0.8f, within(1e-6f));
    assertThat(words.weights()[1][0]).isEqualTo(0.5f, within(1e-6f));
    assertThat(words.weights()[1][1]).isEqualTo(0.3f, within(1e-6f));
    // "!" looked at the end, which is no word.
    assertThat(words.links()).isEqualTo("0-0 0-1");
  }

  @Test
  void aTranslationThatWasCutOffIsStillAligned() {
    Alignment cut =
        new Alignment(List.of("ja", "<END>"), List.of("y@@"), new float[][] {{0.9f, 0.1f}});
    assertThat(WordAlignment.of(cut).target()).containsExactly("y");
    assertThat(WordAlignment.of(cut).links()).isEqualTo("0-0");
  }

  @Test
  void nothingHasNoLinks() {
    Alignment none = new Alignment(List.of("<END>"), List.of("<END>"), new float[][] {{1}});
    assertThat(WordAlignment.of(none).links()).isEmpty();
  }
}
