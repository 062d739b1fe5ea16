package dev.unroll.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassageReaderTest {
  @TempDir Path folder;

  private TextSource file(String content) throws IOException {
    return TextSource.of(Files.writeString(folder.resolve("text.txt"), content));
  }

  @Test
  void aDocumentIsTheWholeFileWithLineEndsAsLf() throws IOException {
    Corpus<Passage> corpus = PassageReader.read(file("a\r\nb\rc\n\r\n😀\r"), Ending.DOCUMENT);
    assertThat(Texts.strings(corpus)).containsExactly("a\nb\nc\n\n😀\n");
    assertThat(corpus.examples().get(0).characters()).isEqualTo(9);
  }

  @Test
  void carriageReturnAndLineFeedAreOneAlsoAcrossTheBuffer() throws IOException {
    String line = "x".repeat((1 << 15) - 1);
    Corpus<Passage> corpus = PassageReader.read(file(line + "\r\ny"), Ending.DOCUMENT);
    assertThat(Texts.strings(corpus)).containsExactly(line + "\ny");
  }

  @Test
  void linesArePassagesEmptyOnesToo() throws IOException {
    Corpus<Passage> corpus = PassageReader.read(file("a\r\n\nb"), Ending.LINE);
    assertThat(Texts.strings(corpus)).containsExactly("a\n\nb");
    assertThat(corpus.examples().get(0).texts()).isEqualTo(3);
    assertThat(corpus.examples().get(0).written()).isEqualTo(2);
  }

  @Test
  void readsGzipAndOtherCharsets() throws IOException {
    Path file = folder.resolve("text");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("né".getBytes(StandardCharsets.ISO_8859_1));
    }
    TextSource source = TextSource.of(file).withCharset(StandardCharsets.ISO_8859_1);
    assertThat(Texts.strings(PassageReader.read(source, Ending.DOCUMENT))).containsExactly("né");
  }

  @Test
  void aFolderIsReadInTheOrderOfNames() throws IOException {
    Files.writeString(folder.resolve("b.txt"), "second");
    Files.writeString(folder.resolve("a.txt"), "first");
    Files.writeString(folder.resolve(".hidden"), "not this");
    Corpus<Passage> corpus = PassageReader.read(TextSource.of(folder), Ending.DOCUMENT);
    assertThat(Texts.strings(corpus)).containsExactly("first", "second");
    assertThat(corpus.digest()).hasSize(64);
  }

  @Test
  void aFolderMayHoldEmptyFiles() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "first");
    Files.writeString(folder.resolve("b.txt"), "");
    Corpus<Passage> corpus = PassageReader.read(TextSource.of(folder), Ending.LINE);
    assertThat(Texts.strings(corpus)).containsExactly("first");
  }

  @Test
  void badBytesAreNamedWithFileAndLine() throws IOException {
    Path file = Files.write(folder.resolve("bad.txt"), new byte[] {'a', '\n', 'b', (byte) 0xFF});
    for (Ending ending : Ending.values()) {
      assertThatThrownBy(() -> PassageReader.read(TextSource.of(file), ending))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("bad.txt:2: not valid UTF-8")
          .hasMessageContaining("charset");
    }
  }

  @Test
  void nothingToReadIsAnError() throws IOException {
    for (Ending ending : Ending.values()) {
      assertThatThrownBy(() -> PassageReader.read(file(""), ending))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("text.txt: no text in it");
    }
    assertThatThrownBy(() -> PassageReader.read(file("\n\n"), Ending.LINE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("text.txt: no text in it");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> PassageReader.read(TextSource.of(empty), Ending.LINE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no files");
    assertThatThrownBy(() -> PassageReader.read(TextSource.of(folder.resolve("none")), Ending.LINE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no such file");
  }
}
