package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NgramsTest {
  @Test
  void aWordStandsBetweenMarks() {
    assertThat(new Ngrams(3, 4, 10).strings("cat"))
        .containsExactly("<ca", "<cat", "cat", "cat>", "at>");
  }

  @Test
  void theMarksAloneAreNone() {
    assertThat(new Ngrams(1, 1, 10).strings("ab")).containsExactly("a", "b");
  }

  @Test
  void charactersOutsideTheBasicPlaneAreNotCut() {
    assertThat(new Ngrams(2, 2, 10).strings("😀é")).containsExactly("<😀", "😀é", "é>");
  }

  /** The published test vectors of 32-bit FNV-1a. */
  @Test
  void theHashIsFnv1a() {
    assertThat(Ngrams.hash("")).isEqualTo(0x811C9DC5);
    assertThat(Ngrams.hash("a")).isEqualTo(0xE40C292C);
    assertThat(Ngrams.hash("foobar")).isEqualTo(0xBF9CF968);
  }

  @Test
  void bucketsAreInRange() {
    for (int bucket : new Ngrams(2, 5, 7).of("Überraschung")) {
      assertThat(bucket).isBetween(0, 6);
    }
  }
}
