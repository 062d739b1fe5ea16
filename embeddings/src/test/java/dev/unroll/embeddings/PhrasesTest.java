package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.TextSource;
import dev.unroll.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhrasesTest {
  @TempDir Path folder;

  private SentenceReader reader(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("text"), text);
    return new SentenceReader(List.of(TextSource.of(file)), Tokenizer.whitespace(), false);
  }

  @Test
  void theScoreIsWord2phrases() throws IOException {
    Phrases phrases = Phrases.learn(reader("new york is new\nnew york\nold york\n"), 1, 100);
    // new york 2, new 3, york 3, 8 words
    assertThat(phrases.score("new", "york")).isCloseTo((2 - 1) / 3.0 / 3 * 8, within(1e-12));
    assertThat(phrases.score("york", "new")).isNegative(); // never in a sentence in this order
    assertThat(phrases.score("new", "nobody")).isNegative();
  }

  @Test
  void pairsAreJoinedFromTheLeftAndOnlyOnce() throws IOException {
    Phrases phrases = Phrases.learn(reader("a b c\n".repeat(10)), 1, 0.5);
    assertThat(phrases.join(new Sentence(List.of("a", "b", "c", "a"))).words())
        .containsExactly("a_b", "c", "a");
    assertThat(phrases.join(new Sentence(List.of())).words()).isEmpty();
  }

  @Test
  void aSecondPassFindsLongerPhrases() throws IOException {
    SentenceReader once = reader("new york times\nx y z\n".repeat(10));
    once = once.joining(Phrases.learn(once, 1, 1));
    SentenceReader twice = once.joining(Phrases.learn(once, 1, 1));
    List<Sentence> sentences = new ArrayList<>();
    twice.read(sentences::add);
    assertThat(sentences.get(0).words()).containsExactly("new_york_times");
  }

  @Test
  void pairsAreCountedAsAMapWould() {
    Random random = new Random(1);
    PairCounts counts = new PairCounts();
    Map<List<Integer>, Integer> expected = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      int first = random.nextInt(500);
      int second = random.nextInt(500);
      counts.increment(first, second);
      expected.merge(List.of(first, second), 1, Integer::sum);
    }
    expected.forEach((pair, n) -> assertThat(counts.count(pair.get(0), pair.get(1))).isEqualTo(n));
    assertThat(counts.count(700, 1)).isZero();
  }
}
