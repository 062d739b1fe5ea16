package dev.unroll.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentencePairReaderTest {
  private static final List<SentencePair> PAIRS =
      List.of(
          new SentencePair("Guten Tag.", "Hello."),
          new SentencePair("Wie geht’s?", "How are you?"),
          new SentencePair("", "nothing"),
          new SentencePair("«Oui\u202f!»", "\"Yes!\""));

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String tsv() {
    StringBuilder text = new StringBuilder();
    PAIRS.forEach(pair -> text.append(pair.source() + "\t" + pair.target() + "\n"));
    return text.toString();
  }

  private static void refused(String message, Path... files) {
    List<TextSource> sources = List.of(files).stream().map(TextSource::of).toList();
    assertThatThrownBy(() -> SentencePairReader.read(sources, Optional.empty()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }

  @Test
  void readsColumnsAndRecognisesThem() throws IOException {
    Corpus<SentencePair> read = SentencePairReader.read(write("p.tsv", tsv()));
    assertThat(read.examples()).isEqualTo(PAIRS);
    assertThat(read.format()).isEqualTo("tsv");
  }

  @Test
  void readsJson() throws IOException {
    Path file =
        write(
            "p.jsonl",
            "{\"source\": \"a\\tb\", \"target\": \"c\", \"id\": 3}\n"
                + "{\"target\": \"\\u00e9\", \"source\": \"\"}\n");
    Corpus<SentencePair> read = SentencePairReader.read(file);
    assertThat(read.examples())
        .containsExactly(new SentencePair("a\tb", "c"), new SentencePair("", "é"));
    assertThat(read.format()).isEqualTo("jsonl");
  }

  @Test
  void readsTwoParallelFilesPackedOrNot() throws IOException {
    StringBuilder sources = new StringBuilder();
    StringBuilder targets = new StringBuilder();
    for (SentencePair pair : PAIRS) {
      sources.append(pair.source()).append("\r\n");
      targets.append(pair.target()).append('\n');
    }
    Path packed = folder.resolve("a.de.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(sources.toString().getBytes(StandardCharsets.UTF_8));
    }
    Corpus<SentencePair> read = SentencePairReader.read(packed, write("a.en", targets.toString()));
    assertThat(read.examples()).isEqualTo(PAIRS);
    assertThat(read.format()).isEqualTo("parallel");
    assertThat(read.source()).contains("a.de.gz", "a.en");
  }

  @Test
  void readsOtherCharactersFromAStream() {
    byte[] bytes = "Straße\tstreet\n".getBytes(StandardCharsets.ISO_8859_1);
    TextSource stream =
        TextSource.of("standard input", new ByteArrayInputStream(bytes))
            .withCharset(StandardCharsets.ISO_8859_1);
    assertThat(SentencePairReader.read(List.of(stream), Optional.of(PairFormat.TSV)).examples())
        .containsExactly(new SentencePair("Straße", "street"));
  }

  @Test
  void aLineWithoutACharacterIsAnEmptyPairAndNotLost() throws IOException {
    assertThat(SentencePairReader.read(write("p.tsv", "a\tb\n\nc\td\n")).examples())
        .containsExactly(
            new SentencePair("a", "b"), new SentencePair("", ""), new SentencePair("c", "d"));
  }

  @Test
  void whatIsNoPairIsNamedWithItsLine() throws IOException {
    refused("one.tsv:2: a pair is two columns", write("one.tsv", "a\tb\nc\n"));
    refused("three.tsv:1: a pair is two columns", write("three.tsv", "a\tb\tc\n"));
    refused("plain.txt:1: a line of pairs is", write("plain.txt", "just a text\n"));
    refused(
        "bad.jsonl:2: not JSON", write("bad.jsonl", "{\"source\":\"a\",\"target\":\"b\"}\n{\n"));
    refused(
        "lacks.jsonl:1: the key target is missing", write("lacks.jsonl", "{\"source\": \"a\"}\n"));
    refused("empty.tsv: no sentence pairs", write("empty.tsv", ""));
    refused("missing.tsv: no such file", folder.resolve("missing.tsv"));
  }

  @Test
  void parallelFilesOfUnequalLengthAreRefusedAtTheFirstLineTooMany() throws IOException {
    Path two = write("two.de", "a\nb\n");
    Path three = write("three.en", "a\nb\nc\n");
    refused("three.en:3: parallel files have as many lines; " + two + " ends after 2", two, three);
    refused("three.en:3: ", three, two);
    refused("no sentence pairs", write("none.de", ""), write("none.en", ""));
  }

  @Test
  void asManyFilesAsTheFormatTakes() throws IOException {
    Path file = write("p.tsv", tsv());
    refused("got " + file + ", " + file + ", " + file, file, file, file);
    assertThatThrownBy(
            () ->
                SentencePairReader.read(
                    List.of(TextSource.of(file)), Optional.of(PairFormat.PARALLEL)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("parallel takes two files");
    assertThatThrownBy(
            () ->
                SentencePairReader.read(
                    List.of(TextSource.of(file), TextSource.of(file)), Optional.of(PairFormat.TSV)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("in one file");
  }
}
