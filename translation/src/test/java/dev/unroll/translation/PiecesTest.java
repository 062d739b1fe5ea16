package dev.unroll.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PiecesTest {
  /** A symbol a word, and one more for every eight characters of it. */
  private static int length(String text) {
    int symbols = 0;
    for (String word : text.strip().split("\\s+")) {
      symbols += 1 + word.length() / 8;
    }
    return symbols;
  }

  private final Pieces pieces = new Pieces(PiecesTest::length, 6);

  @Test
  void leavesAloneWhatFits() {
    assertThat(pieces.of(" one  two three ")).containsExactly(" one  two three ");
    assertThat(pieces.of("")).isEmpty();
    assertThat(pieces.of(" \t ")).isEmpty();
  }

  @Test
  void cutsBehindASentence() {
    assertThat(pieces.of("One two three four. Five six seven eight nine."))
        .containsExactly("One two three four.", "Five six seven eight nine.");
  }

  @Test
  void cutsBehindTheLastWordThatFitsWhereNoSentenceEnds() {
    assertThat(pieces.of("a. b c d e f g h")).containsExactly("a. b c d e f", "g h");
  }

  @Test
  void cutsAWordThatDoesNotFit() {
    String word = "0123456789".repeat(20);
    List<String> cut = pieces.of("so " + word + " it is");
    assertThat(cut).allMatch(piece -> length(piece) <= 6);
    assertThat(String.join("", cut).replace(" ", "")).isEqualTo("so" + word + "itis");
  }

  @Test
  void keepsEveryWordOfTenThousandInOrder() {
    String text = "some words and a clause, ".repeat(2000).strip();
    List<String> cut = pieces.of(text);
    assertThat(String.join(" ", cut)).isEqualTo(text);
    assertThat(cut).allMatch(piece -> length(piece) <= 6);
  }

  @Test
  void cutsNoCharacterInHalves() {
    for (String piece : pieces.of("𝄞".repeat(101))) {
      assertThat(piece.replace(" ", "").replace("𝄞", "")).isEmpty();
    }
  }
}
