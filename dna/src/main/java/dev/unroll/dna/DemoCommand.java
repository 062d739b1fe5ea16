package dev.unroll.dna;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.ConfigOptions;
import dev.unroll.cli.DemoSession;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains on the sample, scores it, and shows what the model found in it. */
@Command(
    name = "demo",
    description = "Train on the sample and show which bases tell a promoter from another strand.")
final class DemoCommand implements Runnable {
  private static final int EXPLAINED = 30;
  private static final int WIDTH = 6;

  @Mixin
  private final ConfigOptions<DnaConfig> settings =
      new ConfigOptions<>(Dna.class, DnaConfig::with, "tiny");

  @Mixin private AnswerOptions answer;

  @Override
  public void run() {
    DnaConfig config = settings.config();
    Corpus<Strand> strands = Sample.train();
    Split<Strand> split =
        StrandFiles.splitter(strands, null, config.training().seed())
            .split(strands, config.devFraction());
    StrandEncoder encoder = StrandEncoder.fit(split.train(), config);
    try (DemoSession demo = new DemoSession("strands", answer)) {
      DnaModel model =
          new DnaTrainer(config).listener(demo.progress()).train(encoder, split).model();
      List<Strand> test = Sample.test().examples();
      demo.show("DNA: " + test.size() + " generated strands that it has not seen");
      demo.show(model.evaluateLabels(test).toString());
      Explainer explainer = model.explainer();
      List<Importance> promoters =
          test.stream()
              .filter(strand -> strand.label().equals("promoter"))
              .limit(EXPLAINED)
              .map(explainer::explain)
              .filter(one -> one.label().equals("promoter"))
              .toList();
      Motif motif = Motif.of("promoter", promoters, WIDTH, Importance::loss);
      demo.show(
          String.format(
              Locale.ROOT,
              "What mattered most in the promoters, by in-silico mutagenesis: %s (planted: TATAAT)",
              motif.consensus()));
      demo.next(
          "dna train --train splice.tsv --model splice.zip",
          "dna classify --model splice.zip new.fa",
          "dna train --train genome.fa --regions genes.gff --types CDS --model genes.zip",
          "dna annotate --model genes.zip chromosome.fa");
    }
  }
}
