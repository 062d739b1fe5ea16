package dev.unroll.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyTest {
  @Test
  void ordersByCountThenAlphabet() {
    Vocabulary vocabulary = count("b a c b d a e b").build(1, 100);
    assertThat(vocabulary.words()).containsExactly("<UNK>", "b", "a", "c", "d", "e");
    assertThat(vocabulary.id("b")).isEqualTo(1);
    assertThat(vocabulary.word(2)).isEqualTo("a");
    assertThat(vocabulary.count(1)).isEqualTo(3);
    assertThat(vocabulary.count(Vocabulary.UNKNOWN_ID)).isZero();
    assertThat(vocabulary.id("zebra")).isEqualTo(Vocabulary.UNKNOWN_ID);
    assertThat(vocabulary.contains("zebra")).isFalse();
  }

  @Test
  void leavesOutRareWordsAndCountsThemAsUnknown() {
    Vocabulary frequent = count("b a c b d a e b").build(2, 100);
    assertThat(frequent.words()).containsExactly("<UNK>", "b", "a");
    assertThat(frequent.count(0)).isEqualTo(3);
    Vocabulary small = count("b a c b d a e b").build(1, 1);
    assertThat(small.words()).containsExactly("<UNK>", "b");
    assertThat(small.count(0)).isEqualTo(5);
    assertThat(count("a").build(1, 0).size()).isEqualTo(1);
    Vocabulary all = count("a b").build(1, Integer.MAX_VALUE, List.of(Vocabulary.END));
    assertThat(all.words()).containsExactly("<UNK>", "<END>", "a", "b");
    assertThat(all.with(List.of("c"), Integer.MAX_VALUE).size()).isEqualTo(5);
  }

  @Test
  void forgetsTheRarestWhereThereAreTooManyWords() {
    WordCounter bounded = new WordCounter(100);
    WordCounter all = new WordCounter();
    for (int i = 0; i < 100_000; i++) {
      // Ten words in one of two places, and names that are met once or twice.
      String word = i % 2 == 0 ? "frequent" + i / 2 % 10 : "name" + i / 4;
      bounded.add(word);
      all.add(word);
    }
    Vocabulary expected = all.build(3, 1000);
    assertThat(expected.size()).isEqualTo(11);
    assertThat(bounded.build(3, 1000)).isEqualTo(expected);
    assertThat(expected.count(0)).isEqualTo(50_000);
    assertThat(bounded.build(1, Integer.MAX_VALUE).size()).isLessThanOrEqualTo(101);
  }

  @Test
  void aWordSpelledLikeTheUnknownOneIsUnknown() {
    Vocabulary vocabulary = count("<UNK> <UNK> a").build(1, 10);
    assertThat(vocabulary.words()).containsExactly("<UNK>", "a");
    assertThat(vocabulary.count(0)).isEqualTo(2);
  }

  @Test
  void takesOtherWordsInBehind() {
    Vocabulary vocabulary = count("b a b").build(1, 10);
    Vocabulary wider = vocabulary.with(List.of("z", "a", "c", "d"), 4);
    assertThat(wider.words()).containsExactly("<UNK>", "b", "a", "z", "c");
    assertThat(wider.count(3)).isZero();
    assertThat(wider.count(1)).isEqualTo(2);
    assertThat(vocabulary.with(List.of("z"), 1)).isEqualTo(vocabulary);
  }

  @Test
  void comesBackFromText() {
    WordCounter counter = new WordCounter();
    List<String> odd =
        List.of(
            "a b", "tab\there", "back\\slash", "\\n", "\n", "\r", "é😂", "\ud83d", "\ude00", "");
    counter.addAll(odd).add("\uFEFF").add("\u2028");
    Vocabulary vocabulary = counter.build(1, 100);
    StringBuilder text = new StringBuilder();
    vocabulary.write(text);
    Vocabulary read = read(text.toString());
    assertThat(read).isEqualTo(vocabulary).hasSameHashCodeAs(vocabulary);
    assertThat(read.words()).containsAll(odd);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '"',
      textBlock =
          """
          "" => v: an empty file is no vocabulary
          "a\t1" => v:1: a vocabulary begins with <UNK>
          "<UNK>\t0\na" => v:2: a vocabulary has lines of word<TAB>count
          "<UNK>\t0\na\tx" => v:2: a count is a whole number
          "<UNK>\t0\na\t-1" => v:2: a count is a whole number
          "<UNK>\t0\na\t1\na\t1" => v:3: the word a is listed twice
          "<UNK>\t0\na\\\\x\t1" => v:2: an escape is one of
          "<UNK>\t0\na\\\\u12\t1" => v:2: \\\\u takes four
          "<UNK>\t0\na\\\\\t1" => v:2: an escape is one of
          """)
  void refusesWhatItDidNotWrite(String text, String message) {
    String file = text.replace("\\\\", "\\");
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(message.replace("\\\\", "\\"));
  }

  @Test
  void refusesLimitsOutOfRange() {
    assertThatThrownBy(() -> count("a").build(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> count("a").build(1, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static WordCounter count(String words) {
    return new WordCounter().addAll(List.of(words.split(" ")));
  }

  private static Vocabulary read(String text) {
    return Vocabulary.read(
        TextSource.of("v", new ByteArrayInputStream(text.getBytes(UTF_8))).open());
  }

  @Test
  void specialSymbolsHaveNumbersThatNoWordOfATextGets() throws Exception {
    Vocabulary vocabulary =
        new WordCounter()
            .addAll(List.of("a", "b", "a", Vocabulary.END, Vocabulary.END, Vocabulary.END))
            .build(1, 2, List.of(Vocabulary.BEGIN, Vocabulary.END));
    assertThat(vocabulary.words()).containsExactly("<UNK>", "<BEGIN>", "<END>", "a", "b");
    assertThat(vocabulary.special(Vocabulary.BEGIN)).isEqualTo(1);
    assertThat(vocabulary.special(Vocabulary.END)).isEqualTo(2);
    assertThat(vocabulary.id(Vocabulary.END)).isEqualTo(Vocabulary.UNKNOWN_ID);
    assertThat(vocabulary.contains(Vocabulary.END)).isFalse();
    assertThat(vocabulary.count(Vocabulary.UNKNOWN_ID)).isEqualTo(3);
    assertThat(vocabulary.id("a")).isEqualTo(3);
    assertThatThrownBy(() -> vocabulary.special("a")).hasMessage("no special symbol a");

    StringBuilder file = new StringBuilder();
    vocabulary.write(file);
    assertThat(file.toString()).contains("<END>\tspecial\n");
    assertThat(Vocabulary.read(lines(file.toString()))).isEqualTo(vocabulary);
    assertThat(vocabulary.with(List.of("c", "d"), 3).words()).endsWith("b", "c");
    assertThatThrownBy(() -> Vocabulary.read(lines("<UNK>\t1\na\t1\n<END>\tspecial\n")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(":3: special symbols follow <UNK>");
  }

  private static LineReader lines(String text) {
    return TextSource.of("sample", new ByteArrayInputStream(text.getBytes(UTF_8))).open();
  }
}
