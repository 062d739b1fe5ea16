package dev.unroll.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is read again and again, and has to be the same each time. */
class FileTextTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("text.txt");
  }

  private Text scan(String content, Ending ending) throws IOException {
    return FileText.scan(TextSource.of(Files.writeString(file, content)), ending).text();
  }

  @Test
  void aPartIsThatOfTheString() throws IOException {
    String string = "né\n😀😁\n\n𝄞x\ty\n";
    for (Ending ending : Ending.values()) {
      Text text = scan(string.replace("\n", "\r\n"), ending);
      String whole = ending == Ending.LINE ? string.stripTrailing() : string;
      assertThat(Texts.string(text)).isEqualTo(whole);
      Text expected = Text.of(whole);
      int length = (int) expected.characters();
      assertThat(text.characters()).isEqualTo(length);
      for (int from = 0; from <= length; from++) {
        for (int to = from; to <= length; to++) {
          Text part = text.part(from, to);
          assertThat(part.characters()).isEqualTo(to - from);
          assertThat(Texts.string(part)).isEqualTo(Texts.string(expected.part(from, to)));
        }
      }
      assertThat(Texts.string(text.part(2, 8).part(1, 4)))
          .isEqualTo(Texts.string(expected.part(3, 6)));
    }
  }

  @Test
  void noPieceIsLongAndNoneEndsWithinACharacter() throws IOException {
    for (String before : new String[] {"", "x", "xx", "xxx"}) {
      String string = before + "😀".repeat(100_000) + "\r\n".repeat(40_000);
      Text text = scan(string, Ending.DOCUMENT);
      StringBuilder all = new StringBuilder();
      text.read(
          piece -> {
            assertThat(piece.length()).isLessThanOrEqualTo(1 + (1 << 15));
            assertThat(piece.isEmpty() || !Character.isLowSurrogate(piece.charAt(0))).isTrue();
            all.append(piece);
          });
      assertThat(all.toString()).isEqualTo(string.replace("\r\n", "\n"));
    }
  }

  @Test
  void aPieceOfLinesIsALine() throws IOException {
    Text text = scan("one\n\nthree\nfour", Ending.LINE);
    StringBuilder pieces = new StringBuilder();
    text.read(piece -> pieces.append('[').append(piece).append(']'));
    assertThat(pieces.toString()).isEqualTo("[one][\n][\nthree][\nfour]");
  }

  @Test
  void aFileThatChangesOrGoesIsAnError() throws IOException {
    for (Ending ending : Ending.values()) {
      Text text = scan("The tide comes in,\nthe tide goes out,\n", ending);
      Text beginning = text.part(0, 8);
      Files.writeString(file, "The tide comes in,\nthe time goes out,\n");
      for (Text changed : new Text[] {text, beginning}) {
        assertThatThrownBy(() -> Texts.string(changed))
            .isInstanceOf(UserError.class)
            .hasMessageStartingWith(file + ": was changed after it was first read");
      }
      Files.write(file, new byte[] {'a', '\n', (byte) 0xC3, '('});
      assertThatThrownBy(() -> Texts.string(text))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("text.txt:2: not valid UTF-8");
      Files.writeString(file, "");
      assertThatThrownBy(() -> Texts.string(text)).isInstanceOf(UserError.class);
      Files.delete(file);
      assertThatThrownBy(() -> Texts.string(text))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("text.txt: no such file");
    }
  }

  @Test
  void itSaysWhichTextItIs() throws IOException {
    Text text = scan("a tide", Ending.DOCUMENT);
    Path copy = Files.copy(file, folder.resolve("copy"));
    Text same = FileText.scan(TextSource.of(copy), Ending.DOCUMENT).text();
    assertThat(same).hasToString(text.toString());
    assertThat(text.part(0, 3).toString()).isNotEqualTo(text.toString());
    Text latin =
        FileText.scan(TextSource.of(copy).withCharset(StandardCharsets.ISO_8859_1), Ending.DOCUMENT)
            .text();
    assertThat(latin.toString()).isNotEqualTo(text.toString());
    assertThat(scan("a time", Ending.DOCUMENT).toString()).isNotEqualTo(same.toString());
  }

  @Test
  void packedTextIsReadAgainToo() throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("né\nb".getBytes(StandardCharsets.UTF_8));
    }
    Text text = FileText.scan(TextSource.of(file), Ending.DOCUMENT).text();
    assertThat(Texts.string(text)).isEqualTo("né\nb");
    assertThat(Texts.string(text)).isEqualTo("né\nb");
  }
}
