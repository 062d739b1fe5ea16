package dev.unroll.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.text.subwords.BytePairs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReversibleWordsTest {
  /** What is likely to trip it, more often than chance would have it. */
  private static final String[] PIECES = {
    "￭",
    "￮",
    "￮j",
    "￮e",
    "j",
    "e",
    " ",
    "  ",
    "\t",
    "\n",
    "\u00a0",
    "\u2028",
    "\u200b",
    "a",
    "Bc",
    "é",
    "\u0301",
    "1",
    "2.5",
    ",",
    ".",
    "-",
    "'",
    "\"",
    "(",
    ")",
    "@@",
    "@",
    "</w>",
    "東京",
    "ひ",
    "カ",
    "한글",
    "بيت",
    "\u200d",
    "\ufe0f",
    "😀",
    "👩\u200d💻",
    "🇩🇪",
    "\ud83d",
    "\ude00",
    "\0",
    "€",
    "½",
    "_",
    "http://a.b/c",
    "don't",
    ":-)",
    "<br />",
    "\u0e41\u0e21\u0e27",
    "\u093f",
    "\ufeff",
    "\u0085"
  };

  private final ReversibleWords words = new ReversibleWords();

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "Hello, world! => Hello ￭, world ￭!",
        "(it's 3.50 €) => (￭ it ￭'￭ s 3 ￭.￭ 50 € ￭)",
        "東京 is \"Tōkyō\". => 東 ￭京 is \"￭ Tōkyō ￭\" ￭.",
        "a--b => a ￭- ￭-￭ b",
        "... => . ￭. ￭.",
        "l’été : « 5 » => l ￭’￭ été : « 5 »",
        "2nd B2B => 2nd B2B",
        "a ￭ b￭c ￮ => a ￮j b ￭￮j￭ c ￮e"
      })
  void marksWhereThereWasNoSpace(String text, String expected) {
    assertThat(String.join(" ", words.split(text))).isEqualTo(expected);
    assertThat(ReversibleWords.join(List.of(expected.split(" ")))).isEqualTo(text);
  }

  @Test
  void comesBackFromAnyText() {
    Random random = new Random(1);
    for (int i = 0; i < 5_000; i++) {
      String text = randomText(random);
      for (Tokenizer tokenizer :
          List.of(Tokenizer.categories(), Tokenizer.standard(), Tokenizer.whitespace())) {
        List<String> split = new ReversibleWords(tokenizer).split(text);
        assertThat(ReversibleWords.join(split))
            .as(tokenizer.name())
            .isEqualTo(String.join(" ", Tokenizer.whitespace().words(text)));
        assertThat(String.join(" ", split)).isEqualTo(String.join(" ", words(split)));
      }
    }
  }

  /** What white space parts in the tokens. */
  private static List<String> words(List<String> split) {
    return Tokenizer.whitespace().words(String.join(" ", split));
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(12); n > 0; n--) {
      switch (random.nextInt(8)) {
        case 0 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
        case 1 -> text.append((char) random.nextInt(Character.MAX_VALUE + 1));
        case 2 -> text.appendCodePoint(random.nextInt(0x300));
        default -> text.append(PIECES[random.nextInt(PIECES.length)]);
      }
    }
    return text.toString();
  }

  @Test
  void composesWithSubwords() {
    Random random = new Random(2);
    Map<String, Long> counts = new HashMap<>();
    String[] texts = new String[3000];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = randomText(random).replaceAll("\\p{Cs}", "");
      words.split(texts[i]).forEach(word -> counts.merge(word, 1L, Long::sum));
    }
    BytePairs pairs = BytePairs.learn(counts, 300, 2);
    for (String text : texts) {
      List<String> subwords = pairs.apply(words.split(text));
      assertThat(ReversibleWords.join(BytePairs.join(subwords)))
          .isEqualTo(String.join(" ", Tokenizer.whitespace().words(text)));
    }
  }

  @Test
  void joinsWhatWasNeverSplit() {
    assertThat(ReversibleWords.join(List.of())).isEmpty();
    assertThat(ReversibleWords.join(List.of("￭", "a", "￭", "b", "￭￭", "c", "￮", "￮x", "￭!￭")))
        .isEqualTo("abc ￮ ￮x!");
    assertThat(ReversibleWords.join(List.of("a", "", "b"))).isEqualTo("a b");
  }
}
