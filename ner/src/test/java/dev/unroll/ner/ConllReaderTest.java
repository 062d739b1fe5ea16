package dev.unroll.ner;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConllReaderTest {
  private static final List<TaggedSentence> EXPECTED =
      List.of(
          new TaggedSentence(List.of("Zoë", "slept"), List.of("B-PER", "O")),
          new TaggedSentence(List.of("Oslo"), List.of("B-LOC")));

  @TempDir Path folder;

  /** The same two sentences in many layouts. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Zoë\tB-PER\nslept\tO\n\nOslo\tB-LOC\n",
        "Zoë B-PER\nslept O\n\nOslo B-LOC",
        "\n\n\nZoë B-PER\r\nslept  O \r\n  \r\n\r\nOslo\t B-LOC\r\n\r\n",
        "\uFEFFZoë NNP B-NP B-PER\nslept VBD B-VP O\n\nOslo NNP B-NP B-LOC\n",
        "-DOCSTART- -X- O O\n\nZoë NNP X B-PER\nslept VBD X O\n\n-DOCSTART- O\nOslo N X B-LOC\n",
        "Zoë\tB-PER\nslept\tO\n-DOCSTART-\nOslo\tB-LOC\n",
        "  {\"text\":\"Zoë slept\",\"spans\":[{\"start\":0,\"end\":3,\"type\":\"PER\"}]}\n\n"
            + "{\"spans\":[{\"start\":0,\"end\":4,\"label\":\"LOC\"}],\"text\":\"Oslo\",\"id\":7}"
      })
  void recognisesTheLayout(String text) {
    var read = ConllReader.read(source(text)).examples();
    assertThat(read.stream().map(s -> new TaggedSentence(s.words(), s.tags())).toList())
        .isEqualTo(EXPECTED);
  }

  @Test
  void keepsTagsAsTheyAre() {
    var sentence = ConllReader.read(source("a I-x\nb I-y\nc B-y\n")).examples().get(0);
    assertThat(sentence.tags()).containsExactly("I-x", "I-y", "B-y");
  }

  @Test
  void spansCountCodePointsAndCutTokens() {
    String line =
        "{\"text\":\"😀 Oslo-based Ann\",\"spans\":["
            + "{\"start\":13,\"end\":16,\"type\":\"PER\"},{\"start\":2,\"end\":6,\"type\":\"LOC\"}]}";
    TaggedSentence sentence = ConllReader.read(source(line)).examples().get(0);
    assertThat(sentence.words()).startsWith("😀", "Oslo").endsWith("Ann");
    assertThat(String.join("", sentence.words())).isEqualTo("😀Oslo-basedAnn");
    assertThat(sentence.entities().stream().map(e -> e.type() + sentence.text(e)))
        .containsExactly("LOCOslo", "PERAnn");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          '' => sample: no sentences in it
          '\n \n' => sample: no sentences in it
          '-DOCSTART- O\n' => sample: no sentences in it
          'one\n' => sample:1: a line has a word first and its tag last; found one column
          'a O\nb N O\n' => sample:2: every line has the columns of the first, 2; found 3
          'a\tO\n\nb O\n' => sample:3: a line has a word first and its tag last; found one column
          'a O\nb PER\n' => sample:2: a tag is O, or B-, I-, E- or S- and a type of one word; found 'PER'
          'a O\nb B-\n' => sample:2: a tag is O, or B-, I-, E- or S- and a type of one word; found 'B-'
          'a\tO\nb\tB-two words\n' => sample:2: a tag is O, or B-, I-, E- or S- and a type of one word
          'a U-LOC\n' => sample:1: a tag is O, or B-, I-, E- or S- and a type of one word; found \
          'U-LOC' in the last column; write U- as S-
          '{"text":"ab","spans":[{"start":0,"end":1.9,"type":"x"}]}' => sample:1: a span has start
          '{"text":"ab","spans":[{"start":0,"end":1,"type":"x y"}]}' => sample:1: a span has start
          '{"text":"a"}' => sample:1: the key spans is missing or no list
          '{"text":"a","spans":[{"start":0,"end":2,"type":"x"}]}' => sample:1: a span has start
          '{"text":"a","spans":[{"start":0,"end":0,"type":"x"}]}' => sample:1: a span has start
          '{"text":"a","spans":[{"start":0,"end":1}]}' => sample:1: a span has start
          '{"text":"a b","spans":[{"start":1,"end":2,"type":"x"}]}' => sample:1: a span holds a word
          '{"text":"a","spans":[7]}' => sample:1: a span has start
          '{"text":"a","spans":[]' => sample:1: not JSON
          '{"text":"a","spans":[]}\n[]' => sample:2: a line is one JSON object
          '{"text":"ab c","spans":[{"start":0,"end":2,"type":"x"},{"start":1,"end":4,"type":"x"}]}' \
          => sample:1: spans must not overlap; 'ab' and 'b c' do
          """)
  void refusesBadLines(String text, String message) {
    assertThatThrownBy(() -> ConllReader.read(source(text)))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(message)
        .extracting(e -> ((UserError) e).kind())
        .isEqualTo(UserError.Kind.DATA);
  }

  @Test
  void countsTheLinesThatMarkDocuments() {
    var sentences =
        ConllReader.read(source("-DOCSTART- O\n\n-DOCSTART- O\n\na O\nb O\n\nc O\n-DOCSTART- O\n"));
    assertThat(sentences.examples()).extracting(TaggedSentence::markers).containsExactly(2, 1);
  }

  @Test
  void onlySpacesAndTabsPartColumns() {
    var sentences = ConllReader.read(source(" 東京 B-LOC \n\u3000 O\n\u2003x O\n")).examples();
    assertThat(sentences.get(0).words()).containsExactly("東京", "\uFFFD", "\u2003x");
  }

  /** As in the Broad Twitter Corpus, where emoji lost their parts. */
  @Test
  void keepsWordsThatAreEmptyBetweenTabs() {
    var sentences = ConllReader.read(source("a\tO\n \tB-PER\n\tI-PER\n\nb\tO\n")).examples();
    assertThat(sentences).hasSize(2);
    assertThat(sentences.get(0).words()).containsExactly("a", "\uFFFD", "\uFFFD");
    assertThat(sentences.get(0).tags()).containsExactly("O", "B-PER", "I-PER");
  }

  @Test
  void readsOtherCharsetsWhenTold() {
    byte[] latin = "a O\nZoë B-PER\n".getBytes(ISO_8859_1);
    assertThatThrownBy(() -> ConllReader.read(source(latin)))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("sample:2: not valid UTF-8");
    assertThat(ConllReader.read(source(latin).withCharset(ISO_8859_1)).examples().get(0).words())
        .containsExactly("a", "Zoë");
  }

  @Test
  void readsAFolderInOrder() throws IOException {
    write("b.conll", "Oslo B-LOC\n");
    write("a.txt", "Zoë\tB-PER\nslept\tO\n");
    write("LICENSE", "no sentences");
    write(".hidden.conll", "no sentences");
    Corpus<TaggedSentence> sentences = ConllReader.read(folder);
    assertThat(sentences.examples()).isEqualTo(EXPECTED);
    write("a.txt", "Zoë\tO\nslept\tO\n");
    assertThat(ConllReader.read(folder).digest()).isNotEqualTo(sentences.digest());
  }

  @Test
  void refusesFoldersWithoutData() throws IOException {
    write("LICENSE", "no sentences");
    assertThatThrownBy(() -> ConllReader.read(folder))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(folder + ": no files of tagged sentences in it");
    assertThatThrownBy(() -> ConllReader.read(folder.resolve("none")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void aNamedFormatWins() {
    String brace = "{\"text\" O\n";
    assertThatThrownBy(() -> ConllReader.read(source(brace))).hasMessageContaining("not JSON");
    assertThat(ConllReader.read(source(brace), Optional.of(TagFormat.CONLL)).size()).isEqualTo(1);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static TextSource source(String text) {
    return source(text.getBytes(UTF_8));
  }

  private static TextSource source(byte[] bytes) {
    return TextSource.of("sample", new ByteArrayInputStream(bytes));
  }
}
