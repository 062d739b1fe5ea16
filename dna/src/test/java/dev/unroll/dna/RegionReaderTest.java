package dev.unroll.dna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionReaderTest {
  private static Regions read(String text, String... types) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return RegionReader.read(TextSource.of("r", new ByteArrayInputStream(bytes)), Set.of(types));
  }

  private static Corpus<Strand> strands(String... idsAndLengths) {
    List<Strand> strands = new ArrayList<>();
    for (String one : idsAndLengths) {
      String[] parts = one.split("/");
      strands.add(Strand.unlabelled(parts[0], "A".repeat(Integer.parseInt(parts[1]))));
    }
    return new Corpus<>(strands, "s.fa", "digest");
  }

  private static List<Region> on(Regions regions, String... strands) {
    return regions.on(strands(strands)).examples().stream()
        .flatMap(strand -> strand.regions().stream())
        .toList();
  }

  @Test
  void theSameRegionsInBedAndInGff() {
    String gff =
        "##gff-version 3\n#c\nchr1\tx\tCDS\t3\t5\t.\t+\t0\tID=a\n"
            + "chr1\tx\tgene\t1\t9\t.\t-\t.\tID=b\nchr%201\tx\tCDS\t1\t1\t.\t?\t.\t.\n"
            + "##FASTA\n>chr1\nACGT\n";
    String bed =
        "track name=x\nbrowser y\n#c\nchr1\t2\t5\tCDS\t0\t+\nchr1 0 9 gene 0 -\n"
            + "chr_1\t0\t1\tCDS\n";
    Region cds = new Region("chr1", 2, 5, Direction.PLUS, "CDS");
    Region gene = new Region("chr1", 0, 9, Direction.MINUS, "gene");
    assertThat(on(read(gff), "chr1/10", "other/3")).containsExactly(cds, gene);
    assertThat(on(read(bed), "chr1/10", "chr_1/3"))
        .containsExactly(cds, gene, new Region("chr_1", 0, 1, Direction.EITHER, "CDS"));
    assertThat(on(read(gff, "CDS"), "chr1/10", "chr 1/1"))
        .containsExactly(cds, new Region("chr 1", 0, 1, Direction.EITHER, "CDS"));
  }

  /** A phase is how many bases there are before the first whole codon. */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 2", "2, 1", "., 0"})
  void thePhaseSaysWhereCodonsBegin(String phase, int place) {
    String gff = "##gff-version 3\nc\tx\tCDS\t3\t8\t.\t+\t" + phase + "\t.\n";
    assertThat(on(read(gff), "c/9")).extracting(Region::place).containsExactly(place);
    assertThatThrownBy(() -> read(gff.replace("\t+\t" + phase, "\t+\t3")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(":2: a phase is 0, 1, 2 or ., got '3'");
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    List<Region> regions =
        List.of(
            new Region("a;b=c", 0, 3, Direction.PLUS, "x,y"),
            new Region("a;b=c", 3, 4, Direction.MINUS, "z"));
    String gff =
        "##gff-version 3\n"
            + RegionLines.gff(regions.get(0), 1)
            + "\n"
            + RegionLines.gff(regions.get(1), 2)
            + "\n";
    List<Region> back = on(read(gff), "a;b=c/9");
    assertThat(back).extracting(Region::start).containsExactly(0L, 3L);
    assertThat(back).extracting(Region::end).containsExactly(3L, 4L);
    assertThat(back).extracting(Region::direction).containsExactly(Direction.PLUS, Direction.MINUS);
    String bed = RegionLines.bed(regions.get(1)) + "\n";
    assertThat(on(read(bed), "a;b=c/9")).containsExactly(regions.get(1));
  }

  @Test
  void aStretchOfAChromosomeHasTheRegionsThatLieInIt() {
    Regions regions = read("c\t0\t3\tx\nc\t4\t8\tx\nc\t9\t30\tx\n");
    // samtools: bases 5 to 12, that is 4 to 12 from 0
    assertThat(on(regions, "c:5-12/8"))
        .containsExactly(
            new Region("c:5-12", 0, 4, Direction.EITHER, "x"),
            new Region("c:5-12", 5, 8, Direction.EITHER, "x"));
    // bedtools: the same from 0
    assertThat(on(regions, "c:4-12/8"))
        .containsExactly(
            new Region("c:4-12", 0, 4, Direction.EITHER, "x"),
            new Region("c:4-12", 5, 8, Direction.EITHER, "x"));
  }

  @Test
  void regionsThatFitNoSequenceAreRefused() {
    assertThatThrownBy(() -> read("chr1\t0\t3\n").on(strands("1/9", "2/9", "3/9", "4/9")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("names [chr1], and the sequences are [1, 2, 3] and 1 more");
    assertThatThrownBy(() -> read("a\t0\t3\na\t2\t10\n").on(strands("a/9")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("r:2: the region ends at base 10 of a, which has 9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a\\t1\\n|r:1: 2 columns; a line of BED has name, start and end",
        "a\\tx\\t3\\n|r:1: the start must be a whole number, got 'x'",
        "a\\t1\\t-3\\n|r:1: the end must be a whole number, got '-3'",
        "a\\t3\\t3\\n|r:1: a region ends behind its start, this one starts at 3 and ends at 3",
        "a\\t1\\t99999999999999999999\\n|r:1: the end must be a whole number",
        "a\\t1\\t3\\tx\\t0\\tplus\\n|r:1: a strand is +, - or ., got 'plus'",
        "##gff-version 3\\na\\tb\\tc\\n|r:2: 3 columns parted by tabs; a line of GFF has nine",
        "##gff-version 3\\na\\tb\\tc\\t0\\t4\\t.\\t+\\t.\\t.\\n|r:2: GFF counts bases from 1",
        "a\\tb\\tc\\t5\\t4\\t.\\t+\\t.\\t.\\n|r:1: a region ends behind its start",
        "a%2\\tb\\tc\\t3\\t4\\t.\\t+\\t.\\t.\\n|r:1: the name 'a%2' has a % without two",
        "# nothing\\n|no regions in it; add some",
      })
  void whatIsWrongIsNamedWithItsLine(String text, String message) {
    assertThatThrownBy(() -> read(text.replace("\\n", "\n").replace("\\t", "\t")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }

  @Test
  void aTypeThatDoesNotOccurIsRefusedWithThoseThatDo() {
    assertThatThrownBy(() -> read("a\t0\t3\tx\na\t0\t3\ty\n", "CDS"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no region of type 'CDS' in it; there are [x, y]");
  }
}
