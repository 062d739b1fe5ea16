package dev.unroll.text.subwords;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import dev.unroll.text.WordCounter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BytePairsTest {
  private static final int MERGES = 1000;
  private static final int THRESHOLD = 4;

  private final BytePairs original = BytePairs.read(lines(file("merges.txt")));

  @Test
  void learnsWhatTheOriginalLearns() {
    Map<String, Long> counts = new HashMap<>();
    words(file("sample.txt")).forEach(word -> counts.merge(word, 1L, Long::sum));
    assertThat(written(BytePairs.learn(counts, MERGES, 2))).isEqualTo(file("merges.txt"));
    assertThat(written(original)).isEqualTo(file("merges.txt"));
  }

  @Test
  void cutsAsTheOriginalCuts() {
    assertThat(cut(original)).containsExactly(file("segmented.txt").split("\n"));
  }

  @Test
  void undoesMergesAsTheOriginalDoes() {
    WordCounter counter = new WordCounter();
    words(file("segmented.txt")).forEach(counter::add);
    List<String> frequent = counter.build(THRESHOLD, Integer.MAX_VALUE).words();
    BytePairs restricted = original.restrictedTo(frequent);
    assertThat(cut(restricted)).containsExactly(file("restricted.txt").split("\n"));
    assertThat(cut(restricted)).isNotEqualTo(cut(original));
  }

  private static List<String> cut(BytePairs pairs) {
    return Arrays.stream((file("sample.txt") + file("unseen.txt")).split("\n"))
        .map(line -> String.join(" ", pairs.apply(List.of(line.split(" ")))))
        .toList();
  }

  /** Counting everything anew for each merge gives the same, whatever the letters. */
  @ParameterizedTest
  @CsvSource({"a, 9, 30", "ab, 12, 60", "abc, 20, 300", "'a😀ￜ', 15, 200", "abcdefgh, 8, 400"})
  void learnsWhatCountingAnewLearns(String letters, int longest, int words) {
    Random random = new Random(words);
    int[] alphabet = letters.codePoints().toArray();
    Map<String, Long> counts = new HashMap<>();
    for (int i = 0; i < words; i++) {
      counts.put(randomWord(random, alphabet, longest), 1L + random.nextInt(5));
    }
    List<Merge> expected = CountingAnew.learn(counts, 200, 3);
    StringBuilder lines = new StringBuilder("#version: 0.2\n");
    expected.forEach(merge -> lines.append(merge.first() + " " + merge.second() + "\n"));
    BytePairs pairs = BytePairs.learn(counts, 200, 3);
    assertThat(written(pairs)).isEqualTo(lines.toString());
    for (String word : counts.keySet()) {
      assertThat(BytePairs.join(pairs.apply(word))).containsExactly(word);
      assertThat(BytePairs.join(pairs.restrictedTo(List.of("a@@")).apply(word)))
          .containsExactly(word);
    }
  }

  private static String randomWord(Random random, int[] alphabet, int longest) {
    StringBuilder word = new StringBuilder();
    int length = 1 + random.nextInt(longest);
    for (int i = 0; i < length; i++) {
      word.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
    }
    return word.toString();
  }

  @Test
  void cutsTheExampleOfItsDocumentation() {
    BytePairs pairs =
        BytePairs.learn(
            Map.of("the", 9L, "low", 5L, "lower", 3L, "newest", 6L, "widest", 3L), 12, 2);
    assertThat(pairs.apply(List.of("the", "newest", "low", "lowest")))
        .containsExactly("the", "newest", "low", "lo@@", "west");
    assertThat(pairs.apply("x")).containsExactly("x");
    assertThat(pairs.apply("xyz")).containsExactly("x@@", "y@@", "z");
    assertThat(pairs.apply("")).containsExactly("");
    assertThat(BytePairs.join(List.of("l@@", "o@@", "w", "new@@"))).containsExactly("low", "new");
    assertThat(pairs).hasToString("BytePairs of 12 merges");
  }

  @Test
  void cutsVeryLongWordsInTime() {
    String word = "abacababad\uD83D\uDE00".repeat(50_000);
    assertThat(BytePairs.join(original.apply(word))).containsExactly(word);
    Map<String, Long> counts = Map.of("ab".repeat(100_000), 1L, "a".repeat(100_000), 1L);
    assertThat(BytePairs.learn(counts, 100, 2).size()).isBetween(15, 100);
  }

  @Test
  void servesSeveralThreads() {
    List<String> words = words(file("sample.txt")).toList();
    List<String> expected = original.apply(words);
    BytePairs shared = BytePairs.read(lines(file("merges.txt")));
    assertThat(
            IntStream.range(0, 16)
                .parallel()
                .mapToObj(i -> shared.apply(words))
                .allMatch(expected::equals))
        .isTrue();
  }

  @Test
  void learnsNothingOfNothing() {
    assertThat(BytePairs.learn(Map.of(), 10, 1).size()).isZero();
    assertThat(BytePairs.learn(Map.of("a", 5L, "b", 1L), 10, 1).size()).isZero();
    assertThat(BytePairs.learn(Map.of("ab", 5L), 0, 1).size()).isZero();
    assertThat(BytePairs.learn(Map.of("ab", 0L), 10, 1).size()).isZero();
    assertThat(BytePairs.read(lines("#version: 0.2\n")).apply("ab")).containsExactly("a@@", "b");
  }

  @Test
  void refusesWhatCouldNotBeWritten() {
    for (String word : List.of("", "a b", "a\nb", "\rab", "a\uD83D")) {
      assertThatThrownBy(() -> BytePairs.learn(Map.of(word, 1L), 1, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("no word to learn subwords from: '" + word);
    }
    assertThatThrownBy(() -> BytePairs.learn(Map.of("ab", -1L), 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BytePairs.learn(Map.of(), -1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BytePairs.learn(Map.of(), 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '"',
      value = {
        "\"\" => m:1: merges begin with a line '#version: 0.2'; the file is empty",
        "a b => m:1: merges begin with a line '#version: 0.2'; found 'a b'",
        "#version: 0.2 byte => m:1: merges begin",
        "#version: 0.2;a b;ab => m:3: a merge is two symbols with a space between; found 'ab'",
        "#version: 0.2;a b c => m:2: a merge is two symbols",
        "\"#version: 0.2; b\" => m:2: a merge is two symbols",
        "\"#version: 0.2;b \" => m:2: a merge is two symbols",
        "\"#version: 0.2;;a b\" => m:2: a merge is two symbols"
      })
  void refusesOtherFiles(String text, String message) {
    assertThatThrownBy(() -> BytePairs.read(lines(text.replace(';', '\n'))))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(message);
  }

  private static String written(BytePairs pairs) {
    StringBuilder out = new StringBuilder();
    pairs.write(out);
    return out.toString();
  }

  private static Stream<String> words(String text) {
    return Arrays.stream(text.split("[ \n]"));
  }

  private static LineReader lines(String text) {
    return TextSource.of("m", new ByteArrayInputStream(text.getBytes(UTF_8))).open();
  }

  private static String file(String name) {
    try (InputStream in = BytePairsTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
