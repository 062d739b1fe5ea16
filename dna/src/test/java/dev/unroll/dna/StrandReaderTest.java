package dev.unroll.dna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrandReaderTest {
  private static Corpus<Strand> read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Corpus<Strand> read(byte[] bytes) {
    return StrandReader.read(
        TextSource.of("s.fa", new ByteArrayInputStream(bytes)), Optional.empty());
  }

  private static Strand strand(String id, String letters, String label) {
    return new Strand(id, Bases.of(letters), label, null);
  }

  @Test
  void fastaInLinesOfAnyLength() {
    Corpus<Strand> read =
        read("\n>a first of them\nACG\nTn\n\nR\n>b\n>c x\r\nAC GT\r\n\r\n>d\tlabel\nA");
    assertThat(read.examples())
        .containsExactly(
            strand("a", "ACGTnR", "first"),
            strand("b", "", null),
            strand("c", "ACGT", "x"),
            strand("d", "A", "label"));
    assertThat(read.format()).isEqualTo("fasta");
    assertThat(read("\uFEFF>a\nAC\n").examples()).containsExactly(strand("a", "AC", null));
  }

  @Test
  void fastaInAnyPiecesAndPacked() throws IOException {
    String letters = "ACGTNRYacgt".repeat(20_000);
    String text = ">long x\n" + letters + "\n>next\n" + letters.substring(0, 70_001) + "\n";
    List<Strand> expected =
        List.of(strand("long", letters, "x"), strand("next", letters.substring(0, 70_001), null));
    assertThat(read(text).examples()).isEqualTo(expected);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(read(packed.toByteArray()).examples()).isEqualTo(expected);
    InputStream dripping =
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
          @Override
          public synchronized int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(length, 13));
          }
        };
    assertThat(StrandReader.read(TextSource.of("drip", dripping), Optional.empty()).examples())
        .isEqualTo(expected);
  }

  @Test
  void fastqWhoseQualitiesLookLikeHeaders() {
    Corpus<Strand> read =
        read("@r1 l\nACGT\n+r1\n@+II\n\n@r2\nAC\nGTA\n+\n@@\nIII\n@empty\n\n+\n\n");
    assertThat(read.examples())
        .containsExactly(
            strand("r1", "ACGT", "l"), strand("r2", "ACGTA", null), strand("empty", "", null));
    assertThat(read.format()).isEqualTo("fastq");
  }

  @Test
  void columns() {
    assertThat(read("x\tACGT\ny\tNN\n").examples())
        .containsExactly(strand("s.fa#1", "ACGT", "x"), strand("s.fa#2", "NN", "y"));
    assertThat(read("ACGT\n\nac\n").examples())
        .containsExactly(strand("s.fa#1", "ACGT", null), strand("s.fa#2", "ac", null));
    assertThat(read("EI\tATRINS-DONOR-521\tCCAG\n").examples())
        .containsExactly(strand("ATRINS-DONOR-521", "CCAG", "EI"));
    Strand labelled = read("gene\tACGTACG\tEEOII.E\n").examples().get(0);
    assertThat(labelled.id()).isEqualTo("gene");
    assertThat(labelled.regions())
        .containsExactly(
            new Region("gene", 0, 2, Direction.EITHER, "E"),
            new Region("gene", 3, 5, Direction.EITHER, "I"),
            new Region("gene", 6, 7, Direction.EITHER, "E"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ">a\\nAC*T\\n|s.fa:2: '*' is no nucleotide",
        ">a\\nACG\\nA>T\\n|s.fa:3: '>' is no nucleotide",
        "\\n\\n>\\nACG|s.fa:3: a header is > and a name",
        ">a\\nACG\\n\\nAC\u00e9|s.fa:4: 'byte 0xC3' is no nucleotide",
        "@a\\nACG\\n|the read @a has no line + behind its bases",
        "@a\\nACG\\n+\\nII\\n|the read @a has 3 bases and 2 qualities",
        "@a\\nACG\\n+\\nIIII\\n|the read @a has 3 bases and 4 qualities",
        "@a\\nAXG\\n+\\nIII\\n|s.fa:2: 'X' is no nucleotide",
        "@\\nA\\n+\\nI\\n|s.fa:1: a read of a FASTQ file begins with @ and a name",
        "x\\tACG\\nx\\tACE\\n|s.fa:2: 'E' is no nucleotide",
        "x\\tACG\\ny\\n|s.fa:2: 1 columns in a file of 2",
        "a\\tb\\tc\\td\\n|s.fa:1: 4 columns; a line is label and bases",
        "\\tACG\\n|s.fa:1: the label is empty",
        "a\\tACG\\tEEE\\nb\\tACG\\tEE\\n|s.fa:2: 2 labels for 3 bases",
        "a\\tACG\\tE E\\n|s.fa:1: a blank among the labels",
        "   \\n \\n|no sequences in it",
        "''|no sequences in it",
      })
  void whatIsWrongIsNamedWithItsLine(String text, String message) {
    assertThatThrownBy(() -> read(text.replace("\\n", "\n").replace("\\t", "\t")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }

  @Test
  void aHeaderWithoutEndIsRefused() {
    assertThatThrownBy(() -> read(">" + "x".repeat(100_000)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is this a FASTA file?");
  }
}
