package dev.unroll.dna;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.NetworkModelOptions;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds the regions of every sequence of what it is given. */
@Command(name = "annotate", description = "Find the regions of sequences of any length.")
final class AnnotateCommand implements Runnable {
  @Mixin private NetworkModelOptions model;
  @Mixin private AnswerOptions answer;
  @Mixin private SequenceFiles files;

  @Option(
      names = "--output-format",
      paramLabel = "bed|gff",
      description = "What is written without --json: BED (default) or GFF3.")
  private RegionFormat output = RegionFormat.BED;

  @Option(
      names = "--window",
      paramLabel = "BASES",
      description =
          "Bases that are answered together; without it, as many as in the training. What is found"
              + " does not hang on it.")
  private Integer window;

  private long found;

  @Override
  public void run() {
    DnaModel loaded = DnaModel.load(model.model());
    int together = window == null ? loaded.config().window() : window;
    loaded.checkAnnotates(together);
    Answers answers = answer.answers();
    if (output == RegionFormat.GFF && !answer.json()) {
      answers.text("##gff-version 3");
    }
    long began = System.nanoTime();
    long[] bases = {0};
    files.forEach(
        stream -> {
          for (var strand = stream.nextStream(); strand != null; strand = stream.nextStream()) {
            bases[0] +=
                loaded.annotate(
                    strand.id(), strand.bases(), together, region -> print(answers, region));
            answers.flush();
          }
        });
    double seconds = (System.nanoTime() - began) / 1e9;
    answer
        .err()
        .println(
            String.format(
                Locale.ROOT,
                "%,d regions in %,d bases, %,.0f bases a second",
                found,
                bases[0],
                bases[0] / seconds));
  }

  private void print(Answers answers, Region region) {
    found++;
    answers.print(
        RegionAnswer.of(region),
        output == RegionFormat.GFF ? RegionLines.gff(region, found) : RegionLines.bed(region));
  }
}
