package dev.unroll.dna;

import dev.unroll.data.TextSource;
import dev.unroll.testing.Fuzz;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sequences, regions and models, damaged at random. */
class FuzzTest {
  private static final String[] FASTA = {
    ">chr1 label\nACGTNRYK\nacgtn\n\n>chr2\r\nAC GT\r\n", ">empty\n>other x\n" + "ACGT".repeat(40)
  };
  private static final String[] FASTQ = {"@r1 l\nACGT\n+r1\n@+II\n\n@r2\nAC\nGTA\n+\n@@\nIII\n"};
  private static final String[] TSV = {
    "promoter\tACGTN\nother\tAC\n", "EI\tname-1\tACGT\n", "gene\tACGTACG\tEEOII.E\n", "ACGT\nA\n"
  };
  private static final String[] GFF = {
    "##gff-version 3\nchr1\tx\tCDS\t3\t5\t.\t+\t0\tID=a\nchr%201\tx\tCDS\t1\t1\t.\t?\t.\t.\n"
        + "##FASTA\n>chr1\nACGT\n"
  };
  private static final String[] BED = {
    "track name=x\n#c\nchr1\t2\t5\tCDS\t0\t+\nchr1 0 9 gene 0 -\nchr1:3-9\t0\t1\n"
  };

  private static TextSource source(byte[] input) {
    return TextSource.of("fuzz", new ByteArrayInputStream(input));
  }

  private static void strands(String name, String... texts) {
    new Fuzz(name, 1_000)
        .like(texts)
        .read(input -> StrandReader.read(source(input), Optional.empty()));
  }

  @Test
  void fasta() {
    strands("fasta", FASTA);
  }

  @Test
  void fastq() {
    strands("fastq", FASTQ);
  }

  @Test
  void columns() {
    strands("columns", TSV);
  }

  private static void regions(String name, String... texts) {
    var strands = Handful.corpus(Handful.GENES);
    new Fuzz(name, 1_000)
        .like(texts)
        .read(input -> RegionReader.read(source(input), Set.of()).on(strands));
  }

  @Test
  void gff() {
    regions("gff", GFF);
  }

  @Test
  void bed() {
    regions("bed", BED);
  }

  @Test
  void models(@TempDir Path folder) throws Exception {
    for (String name : new String[] {"strands", "genes"}) {
      Path model = Path.of(FuzzTest.class.getResource("/models/" + name + ".zip").toURI());
      new Fuzz("dna-" + name, 20)
          .readForged(
              model,
              "dna",
              folder,
              input -> {
                DnaModel read = DnaModel.load(new ByteArrayInputStream(input));
                if (read.regions().isPresent()) {
                  read.annotate(Strand.unlabelled("x", "ACGTTGACG"));
                } else {
                  read.classify(Strand.unlabelled("x", "ACGTTGACG"));
                }
              });
    }
  }
}
