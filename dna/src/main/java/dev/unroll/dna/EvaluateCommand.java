package dev.unroll.dna;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.EvaluationOptions;
import dev.unroll.cli.MistakeOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.cli.ScoreReport;
import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import dev.unroll.evaluation.Confusion;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Compares a model's answers with what is known. */
@Command(name = "evaluate", description = "Score a model on strands with labels, or with regions.")
final class EvaluateCommand implements Runnable {
  @Mixin private NetworkModelOptions model;
  @Mixin private EvaluationOptions evaluation;
  @Mixin private RegionOptions regions;
  @Mixin private MistakeOptions mistakes;
  @Mixin private AnswerOptions answer;

  @Override
  public void run() {
    int shown = mistakes.count();
    DnaModel loaded = DnaModel.load(model.model());
    Corpus<Strand> data = regions.read(evaluation.data());
    StrandFiles.check(data, loaded.encoder());
    answer.err().println("data: " + StrandFiles.describe(data));
    List<Strand> strands = data.examples();
    if (loaded.regions().isPresent()) {
      if (shown > 0) {
        throw UserError.usage(
            "--errors shows strands with a wrong label; this model finds regions");
      }
      RegionScores scores = loaded.evaluateRegions(strands);
      new ScoreReport(scores.toMap(), scores + ofTwo(scores.bases())).print(answer.answers());
      return;
    }
    List<Classified> answers = loaded.classify(strands);
    Confusion scores = loaded.compare(strands, answers);
    new ScoreReport(scores.toMap(), scores + ofTwo(scores))
        .mistakes(mistakes, Mistake.worst(strands, answers, shown))
        .print(answer.answers());
  }

  /** Scores that there are of two labels only. */
  private static String ofTwo(Confusion scores) {
    return scores.isBinary()
        ? String.format(
            Locale.ROOT,
            "\nAUROC %.4f, AUPRC %.4f, Matthews %.4f\n",
            scores.auroc(),
            scores.auprc(),
            scores.mcc())
        : "";
  }
}
