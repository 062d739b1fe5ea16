package dev.unroll.sentiment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewReaderTest {
  @TempDir Path folder;

  /** The same two reviews in every format of lines. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "good\tA joy , twice .\nbad\t\n",
        "\n\ngood\tA joy , twice .\r\n\r\nbad\t",
        "__label__good A joy , twice .\n__label__bad",
        "__label__good\tA joy , twice .\n__label__bad ",
        "{\"label\":\"good\",\"text\":\"A joy , twice .\",\"stars\":5}\n"
            + "{ \"text\": \"\", \"label\": \"bad\" }\n"
      })
  void recognisesTheFormat(String text) {
    assertThat(ReviewReader.read(source(text)).examples())
        .containsExactly(new Review("good", "A joy , twice ."), new Review("bad", ""));
  }

  @Test
  void keepsTheTextRaw() {
    assertThat(ReviewReader.read(source("a\t <br />\u00a0É 😂  ")).examples())
        .containsExactly(new Review("a", " <br />\u00a0É 😂  "));
    assertThat(ReviewReader.read(source("{\"label\":1,\"text\":\"a\\nb\\u00e9\\t\"}")).examples())
        .containsExactly(new Review("1", "a\nbé\t"));
  }

  @Test
  void aNamedFormatWins() {
    String braces = "{\"a\t{}\n";
    assertThatThrownBy(() -> ReviewReader.read(source(braces))).isInstanceOf(UserError.class);
    assertThat(ReviewReader.read(source(braces), ReviewFormat.TSV).examples())
        .containsExactly(new Review("{\"a", "{}"));
  }

  @Test
  void refusesAClassFolderWithoutAName() throws IOException {
    Files.createDirectory(folder.resolve("pos"));
    Files.writeString(folder.resolve("pos/a.txt"), "a");
    Files.createDirectory(folder.resolve(" "));
    Files.writeString(folder.resolve(" /a.txt"), "a");
    assertThatThrownBy(() -> ReviewReader.read(folder))
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder
                + ": the name of a class folder is the label of its reviews; that of ' ' is blank,"
                + " rename it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          '' => sample: no reviews in it; the file is empty
          '\n\n' => sample: no reviews in it; the file is empty
          'good text' => sample:1: a line of reviews is label<TAB>text, __label__x text, or JSON
          'a\tx\nb' => sample:2: a review is two columns, label<TAB>text; found 1
          'a\tx\n\nb\ty\tz' => sample:3: a review is two columns, label<TAB>text; found 3
          '\tx' => sample:1: the label is empty
          'a\tx\n \ty' => sample:2: the label is empty
          '__label__ x' => sample:1: the label is empty
          '__label__a x\na\tx' => sample:2: a review begins with __label__
          '__label__a __label__b x' => sample:1: a review has one class; this line has several
          '{"text":"x"}' => sample:1: the key label is missing or no string
          '{"label":"a"}' => sample:1: the key text is missing or no string
          '{"label":null,"text":"x"}' => sample:1: the key label is missing or no string
          '{"label":"a","text":["x"]}' => sample:1: the key text is missing or no string
          '{"label":"","text":"x"}' => sample:1: the label is empty
          '{"label":"a","text":"x"' => sample:1: not JSON
          '{"label":"a","text":"x"} {}' => sample:1: not JSON
          '{"label":"a","text":"x"}\n[1]' => sample:2: a line is one JSON object
          '{"label":"a","text":"x"}\n{label:a,text:x}' => sample:2: not JSON
          """)
  void refusesBadLines(String text, String message) {
    assertThatThrownBy(() -> ReviewReader.read(source(text)))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(message)
        .extracting(e -> ((UserError) e).kind())
        .isEqualTo(UserError.Kind.DATA);
  }

  @Test
  void refusesInvalidUtf8AtItsLineUnlessTheCharsetIsNamed() {
    byte[] latin = "a\tx\nb\tcafé".getBytes(ISO_8859_1);
    assertThatThrownBy(() -> ReviewReader.read(source(latin)))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("sample:2: not valid UTF-8");
    assertThat(ReviewReader.read(source(latin).withCharset(ISO_8859_1)).examples().get(1).text())
        .isEqualTo("café");
  }

  @Test
  void readsFoldersSortedWithTheirClasses() throws IOException {
    write("pos/b.txt", "second\nof two\n");
    write("pos/a.txt", "first");
    write("neg/x.txt", "");
    write("neg/notes.md", "not a review");
    write("unsup/u.txt", "no class");
    write(".hidden/h.txt", "no class");
    write("readme.txt", "not a review");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("neg/y.txt.gz")))) {
      out.write("packed".getBytes(UTF_8));
    }
    Corpus<Review> reviews = ReviewReader.read(folder);
    assertThat(reviews.examples())
        .containsExactly(
            new Review("neg", ""),
            new Review("neg", "packed"),
            new Review("pos", "first"),
            new Review("pos", "second\nof two\n"));
    assertThat(ReviewReader.read(TextSource.of(folder), ReviewFormat.FOLDERS)).isEqualTo(reviews);
    write("pos/a.txt", "First");
    assertThat(ReviewReader.read(folder).digest()).isNotEqualTo(reviews.digest());
  }

  @Test
  void refusesFoldersThatHoldNoClasses() throws IOException {
    assertThatThrownBy(() -> ReviewReader.read(folder))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(folder + ": no class folders in it");
    write("train/pos/a.txt", "one level too deep");
    assertThatThrownBy(() -> ReviewReader.read(folder))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(folder.resolve("train") + ": no .txt files in this class folder");
  }

  @Test
  void refusesInvalidUtf8InAFolderByFileAndLine() throws IOException {
    write("pos/a.txt", "fine");
    Files.write(folder.resolve("pos/b.txt"), "one\ncafé".getBytes(ISO_8859_1));
    assertThatThrownBy(() -> ReviewReader.read(folder))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(folder.resolve("pos/b.txt") + ":2: not valid UTF-8");
    assertThat(ReviewReader.read(TextSource.of(folder).withCharset(ISO_8859_1)).size())
        .isEqualTo(2);
  }

  @Test
  void refusesAFileThatIsNoFolder() throws IOException {
    Path file = write("a.tsv", "a\tx");
    assertThatThrownBy(() -> ReviewReader.read(TextSource.of(file), ReviewFormat.FOLDERS))
        .isInstanceOf(UserError.class);
    assertThatThrownBy(() -> ReviewReader.read(TextSource.of(folder), ReviewFormat.TSV))
        .isInstanceOf(UserError.class);
    assertThatThrownBy(() -> ReviewReader.read(folder.resolve("none")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void readsAReviewOfTenMegabytes() {
    String text = "word ".repeat(2_000_000);
    assertThat(ReviewReader.read(source("a\t" + text)).examples().get(0).text()).isEqualTo(text);
  }

  @Test
  void listsTheClassesAndRefusesFewerThanTwo() {
    assertThat(Review.labels(ReviewReader.read(source("b\tx\na\ty\nb\tz"))))
        .containsExactly("a", "b");
    assertThatThrownBy(() -> Review.labels(ReviewReader.read(source("b\tx\nb\ty"))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("found only [b]");
    assertThat(Review.unlabelled("x").isLabelled()).isFalse();
    assertThatThrownBy(() -> new Review(" ", "x")).isInstanceOf(IllegalArgumentException.class);
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static TextSource source(String text) {
    return source(text.getBytes(UTF_8));
  }

  private static TextSource source(byte[] bytes) {
    return TextSource.of("sample", new ByteArrayInputStream(bytes));
  }
}
