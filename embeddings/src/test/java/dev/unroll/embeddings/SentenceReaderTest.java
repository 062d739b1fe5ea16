package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.TextSource;
import dev.unroll.text.Tokenizer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentenceReaderTest {
  @TempDir Path folder;

  private List<List<String>> read(Tokenizer tokenizer, boolean lower, Path... files) {
    List<TextSource> sources = new ArrayList<>();
    for (Path file : files) {
      sources.add(TextSource.of(file));
    }
    List<List<String>> sentences = new ArrayList<>();
    new SentenceReader(sources, tokenizer, lower).read(s -> sentences.add(s.words()));
    return sentences;
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aLineIsASentenceWhateverItEndsWith() throws IOException {
    Path file = file("a", "a b\r\n\n  \nc\rd e");
    assertThat(read(Tokenizer.whitespace(), false, file))
        .containsExactly(List.of("a", "b"), List.of("c"), List.of("d", "e"));
  }

  @Test
  void filesFollowEachOtherAndMayBePacked() throws IOException {
    Path packed = folder.resolve("b.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write("second".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(read(Tokenizer.whitespace(), false, file("a", "first"), packed))
        .containsExactly(List.of("first"), List.of("second"));
  }

  @Test
  void rawTextIsTokenisedAndMadeLowerCase() throws IOException {
    Path file = file("a", "Good!<br />ÄRGER");
    assertThat(read(Tokenizer.standardWithoutTags(), true, file))
        .containsExactly(List.of("good", "!", "ärger"));
  }

  @Test
  void aLineLongerThanTheBufferLosesNoWordAndCutsNone() throws IOException {
    List<String> words = IntStream.range(0, 60_000).mapToObj(i -> "wörd" + i).toList();
    Path file = file("a", String.join(" ", words));
    List<List<String>> sentences = read(Tokenizer.whitespace(), false, file);
    assertThat(sentences).hasSizeGreaterThan(1);
    assertThat(sentences.stream().flatMap(List::stream).toList()).isEqualTo(words);
  }

  @Test
  void aWordLongerThanTheBufferIsCutBetweenCharacters() throws IOException {
    String word = "x" + "😀".repeat(70_000);
    List<List<String>> sentences = read(Tokenizer.whitespace(), false, file("a", word));
    assertThat(sentences).allSatisfy(s -> assertThat(s).hasSize(1));
    assertThat(String.join("", sentences.stream().flatMap(List::stream).toList())).isEqualTo(word);
  }

  @Test
  void anEmptyFileHasNoSentences() throws IOException {
    assertThat(read(Tokenizer.whitespace(), false, file("a", ""))).isEmpty();
  }
}
