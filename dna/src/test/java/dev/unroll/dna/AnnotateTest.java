package dev.unroll.dna;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.unroll.cli.Cli;
import dev.unroll.data.TextSource;
import dev.unroll.testing.CliContract;
import dev.unroll.testing.Program;
import dev.unroll.testing.Run;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The command line for regions. */
class AnnotateTest extends CliContract {
  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new Dna(), out, err, args);
  }

  @Override
  protected Set<String> verbs() {
    return Set.of("train", "evaluate", "annotate");
  }

  @Override
  protected Path writeData(Path folder) throws IOException {
    Files.writeString(folder.resolve("genes.bed"), Handful.bed(Handful.GENES));
    return Files.writeString(folder.resolve("genes.fa"), Handful.fasta(Handful.GENES));
  }

  @Override
  protected List<String> training(Path data, Path target) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("train", "--train", data.toString(), "--dev", data.toString()));
    args.addAll(List.of("--regions", file("genes.bed").toString()));
    args.addAll(List.of("--model", target.toString(), "--hidden", "10", "--epochs", "20"));
    args.addAll(List.of("--batch", "4", "--learning-rate", "0.03", "--dropout", "0"));
    args.addAll(List.of("--input-dropout", "0", "--filters", "12", "--filter-width", "7"));
    args.addAll(List.of("--window", "60", "--context", "15"));
    return args;
  }

  @Override
  protected List<Question> questions(Path data) {
    Set<String> scores =
        Set.of("sentences", "tokens", "precision", "recall", "f1", "accuracy", "types", "bases");
    return List.of(
        Question.json(1, scores, "evaluate", "--data", data, "--regions", file("genes.bed")),
        Question.plain("annotate", data));
  }

  @Test
  void regionsAreThoseOfAllThreeFormats() throws IOException {
    List<JsonObject> json = run("annotate", "--model", model(), "--json", data()).succeeds().json();
    assertThat(json).isNotEmpty();
    Run gff = run("annotate", "--model", model(), "--output-format", "gff", data()).succeeds();
    assertThat(gff.out()).startsWith("##gff-version 3\n");
    Run bed = run("annotate", "--model", model(), data()).succeeds();
    assertThat(bed.err()).containsPattern("\\d+ regions in [\\d,]+ bases, [\\d,]+ bases a second");
    Path data = data();
    var strands = StrandReader.read(data);
    List<Region> fromBed = read(bed.out(), strands.source(), data);
    assertThat(read(gff.out(), strands.source(), data)).isEqualTo(fromBed);
    assertThat(json).hasSameSizeAs(fromBed);
    JsonObject first = json.get(0);
    assertThat(first.keySet())
        .containsExactly("id", "start", "end", "strand", "type", "probability");
    Region region = fromBed.get(0);
    assertThat(first.get("start").getAsLong()).isEqualTo(region.start());
    assertThat(first.get("end").getAsLong()).isEqualTo(region.end());
  }

  private static List<Region> read(String text, String source, Path fasta) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Regions regions =
        RegionReader.read(TextSource.of(source, new ByteArrayInputStream(bytes)), Set.of());
    return regions.on(StrandReader.read(fasta)).examples().stream()
        .flatMap(strand -> strand.regions().stream())
        .toList();
  }

  @Test
  void baseByBaseInColumnsIsAFormatOfRegionsToo() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      String exon = "ACCA".repeat(1 + i % 3);
      lines.append("g").append(i / 2).append('\t').append(exon).append("GTAAGTAG").append(exon);
      lines.append('\t').append("E".repeat(exon.length())).append("IIIIIIII");
      lines.append("E".repeat(exon.length())).append('\n');
    }
    Path columns = file("introns.tsv", lines.toString());
    Path target = file("introns.zip");
    List<Object> args = new ArrayList<>(List.of("train", "--train", columns, "--model", target));
    args.addAll(List.of("--hidden", 8, "--epochs", 12, "--learning-rate", 0.03, "--batch", 4));
    args.addAll(List.of("--window", 60, "--context", 15, "--dev-fraction", 0));
    assertThat(run(args.toArray()).succeeds().err()).contains("regions {E=24, I=12}");
    JsonObject scores =
        run("evaluate", "--model", target, "--data", columns, "--json").succeeds().json().get(0);
    assertThat(scores.get("accuracy").getAsDouble()).isGreaterThan(90);
    assertThat(scores.keySet()).contains("mcc", "auroc", "auprc");
  }

  @Test
  void whatDoesNotFitTheModelIsRefused() {
    Object[] evaluate = {"evaluate", "--model", model(), "--data", data()};
    run(evaluate).isRefused(3, "nothing says what the regions of s0 are; add --regions");
    run("classify", "--model", model(), data()).isRefused(2, "no labels of whole strands");
    run("annotate", "--model", model(), "--window", 0, data())
        .isRefused(2, "--window must be at least 1");
    run("explain", "--model", model(), "--data", data()).isRefused(2, "trained on regions");
  }

  @Test
  void oneChromosomeIsDividedByPosition() throws IOException {
    List<Strand> one = Handful.genes(1, 400, 5);
    Path fasta = file("one.fa", Handful.fasta(one));
    Path bed = file("one.bed", Handful.bed(one));
    List<Object> args = new ArrayList<>(List.of("train", "--train", fasta, "--regions", bed));
    args.addAll(List.of("--model", file("one.zip"), "--hidden", 4, "--epochs", 1));
    args.addAll(List.of("--dev-fraction", 0.25, "--filters", 0));
    int length = one.get(0).bases().length();
    assertThat(run(args.toArray()).succeeds().err())
        .contains("train: 1 strands, %d bases".formatted(length * 3 / 4))
        .contains("dev: 1 strands, %d bases".formatted(length - length * 3 / 4));
  }
}
