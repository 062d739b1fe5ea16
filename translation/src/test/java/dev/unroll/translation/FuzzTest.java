package dev.unroll.translation;

import dev.unroll.data.TextSource;
import dev.unroll.testing.Fuzz;
import dev.unroll.text.subwords.BytePairs;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pairs of sentences and merges of symbols, damaged at random. */
class FuzzTest {
  private static TextSource source(byte[] input) {
    return TextSource.of("fuzz", new ByteArrayInputStream(input));
  }

  @Test
  void pairs() {
    new Fuzz("pairs", 500)
        .like(
            "ein Buch\ta book\r\nzwei 😀\ttwo\n",
            "{\"source\": \"ein Buch\", \"target\": \"a book\"}\n{\"source\": \"é\", \"target\": \"\"}\n")
        .read(input -> SentencePairReader.read(List.of(source(input)), Optional.empty()));
  }

  @Test
  void parallelFiles() {
    byte[] other = "a book\ntwo\n".getBytes(StandardCharsets.UTF_8);
    new Fuzz("parallel", 300)
        .like("ein Buch\nzwei\n", "\r\n\n")
        .read(
            input ->
                SentencePairReader.read(List.of(source(input), source(other)), Optional.empty()));
  }

  @Test
  void merges() {
    StringBuilder merges = new StringBuilder();
    BytePairs.learn(Map.of("low", 5L, "lower", 3L, "newest", 4L), 5, 1).write(merges);
    new Fuzz("merges", 500)
        .like(merges.toString())
        .read(input -> BytePairs.read(source(input).open()).apply("lowest"));
  }
}
