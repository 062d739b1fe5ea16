package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordCountsTest {
  @Test
  void wordsAreCountedAndNumberedAsAMapWould() {
    Random random = new Random(1);
    WordCounts counts = new WordCounts();
    Map<String, Integer> expected = new LinkedHashMap<>();
    for (int i = 0; i < 300_000; i++) {
      String word = word((int) Math.abs(random.nextGaussian() * 30_000));
      int number = counts.add(word);
      expected.merge(word, 1, Integer::sum);
      assertThat(number < expected.size()).isTrue();
    }
    assertThat(counts.size()).isEqualTo(expected.size()).isGreaterThan(50_000);
    int number = 0;
    for (Map.Entry<String, Integer> entry : expected.entrySet()) { // in the order of insertion
      assertThat(counts.word(number)).isEqualTo(entry.getKey());
      assertThat(counts.count(number)).isEqualTo(entry.getValue().longValue());
      assertThat(counts.number(entry.getKey())).isEqualTo(number++);
    }
  }

  /** Words of one to four bytes a letter. */
  private static String word(int i) {
    return i % 3 == 0 ? "w" + i : i % 3 == 1 ? "ё語" + i : "😀" + i;
  }

  @Test
  void wordsWithTheSameHashAreTold() {
    assertThat("AaBB".hashCode()).isEqualTo("BBAa".hashCode());
    WordCounts counts = new WordCounts();
    List.of("AaBB", "BBAa", "AaAa", "AaBB").forEach(counts::add);
    assertThat(counts.size()).isEqualTo(3);
    assertThat(counts.count(counts.number("AaBB"))).isEqualTo(2);
    assertThat(counts.number("BBBB")).isEqualTo(-1);
    assertThat(counts.number("")).isEqualTo(-1);
  }
}
