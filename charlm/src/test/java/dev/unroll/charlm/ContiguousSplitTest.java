package dev.unroll.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.UserError;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContiguousSplitTest {
  private static Corpus<Passage> corpus(String... texts) {
    return new Corpus<>(Arrays.stream(texts).map(Passage::new).toList(), "book.txt", "digest");
  }

  private static String text(Corpus<Passage> part) {
    return String.join("|", Texts.strings(part));
  }

  @Test
  void aShareOfNothingMakesNoPart() {
    Corpus<Passage> corpus = corpus("abcdefghij");
    Split<Passage> all = ContiguousSplit.of(corpus, 0, 0, Ending.DOCUMENT);
    assertThat(text(all.train())).isEqualTo("abcdefghij");
    assertThat(all.dev()).isEmpty();
    Split<Passage> tested = ContiguousSplit.of(corpus, 0, 0.2, Ending.DOCUMENT);
    assertThat(text(tested.train())).isEqualTo("abcdefgh");
    assertThat(tested.dev()).isEmpty();
    assertThat(text(tested.test().orElseThrow())).isEqualTo("ij");
  }

  @Test
  void aDocumentIsCutAtTheCharacter() {
    Split<Passage> split =
        ContiguousSplit.of(corpus("0123456789abcdefghij"), 0.1, 0.2, Ending.DOCUMENT);
    assertThat(split.train().examples()).containsExactly(new Passage("0123456789abcd", false));
    assertThat(split.dev().orElseThrow().examples()).containsExactly(new Passage("ef", false));
    assertThat(split.test().orElseThrow().examples()).containsExactly(new Passage("ghij", true));
  }

  @Test
  void charactersAreCodePointsAndNeverHalved() {
    Split<Passage> split = ContiguousSplit.of(corpus("😀😁😂😃"), 0.25, 0, Ending.DOCUMENT);
    assertThat(text(split.train())).isEqualTo("😀😁😂");
    assertThat(text(split.dev().orElseThrow())).isEqualTo("😃");
    assertThat(split.test()).isEmpty();
  }

  @Test
  void documentsAreCutOnlyWhereAPartEnds() {
    Split<Passage> split =
        ContiguousSplit.of(corpus("aaaa", "bbbb", "cc"), 0.4, 0, Ending.DOCUMENT);
    assertThat(split.train().examples())
        .containsExactly(new Passage("aaaa", true), new Passage("bb", false));
    assertThat(split.dev().orElseThrow().examples())
        .containsExactly(new Passage("bb", true), new Passage("cc", true));
  }

  @Test
  void linesStayWhole() {
    Corpus<Passage> lines = corpus("aaaa", "", "bbbb", "cccc", "d");
    Split<Passage> split = ContiguousSplit.of(lines, 0.3, 0, Ending.LINE);
    assertThat(text(split.train())).isEqualTo("aaaa||bbbb|cccc");
    assertThat(text(split.dev().orElseThrow())).isEqualTo("d");
  }

  @Test
  void everyCharacterIsInOnePart() {
    String text = "x".repeat(1_115_394);
    Split<Passage> split = ContiguousSplit.of(corpus(text), 0.1, 0, Ending.DOCUMENT);
    assertThat(List.of(text(split.train()).length(), text(split.dev().orElseThrow()).length()))
        .containsExactly(1_003_854, 111_540);
  }

  @Test
  void tooLittleTextIsAnErrorThatNamesTheRemedy() {
    assertThatThrownBy(() -> ContiguousSplit.of(corpus("a"), 0.1, 0, Ending.DOCUMENT))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("book.txt: too few characters (1)")
        .hasMessageContaining("dev-fraction");
  }
}
