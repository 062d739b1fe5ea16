package dev.unroll.dna;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingStopped;
import dev.unroll.testing.ResumeContract;
import java.util.List;

class ResumeTest extends ResumeContract {
  private static Course course(List<Strand> strands, double rate) {
    Corpus<Strand> corpus = Handful.corpus(strands);
    DnaConfig config =
        Handful.ofGenes(
            "epochs",
            "4",
            "dropout",
            "0.5",
            "input-dropout",
            "0.2",
            "mutation",
            "0.05",
            "learning-rate",
            String.valueOf(rate));
    return (target, resume, stop) -> {
      try {
        new DnaTrainer(config)
            .target(target, resume)
            .stopWhen(stop)
            .train(
                StrandEncoder.fit(Handful.corpus(Handful.GENES), config),
                new Split<>(corpus, corpus));
        return true;
      } catch (TrainingStopped e) {
        return false;
      }
    };
  }

  @Override
  protected Course course() {
    return course(Handful.GENES, 0.02);
  }

  @Override
  protected Course otherSettings() {
    return course(Handful.GENES, 0.1);
  }

  @Override
  protected Course otherData() {
    return course(Handful.GENES.subList(1, 6), 0.02);
  }
}
