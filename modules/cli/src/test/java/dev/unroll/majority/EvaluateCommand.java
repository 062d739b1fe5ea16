package dev.unroll.majority;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.EvaluationOptions;
import dev.unroll.cli.ModelOptions;
import dev.unroll.cli.ScoreReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Compares answers with labels. */
@Command(name = "evaluate", description = "Score a model on labelled texts.")
final class EvaluateCommand implements Runnable {
  @Mixin private ModelOptions model;
  @Mixin private EvaluationOptions evaluation; // --data --format --charset
  @Mixin private AnswerOptions answer;

  @Override
  public void run() {
    MajorityModel loaded = MajorityModel.load(model.model());
    var scores = loaded.evaluate(NoteFiles.read(evaluation.data()).examples());
    new ScoreReport(scores.toMap(), scores.toString()).print(answer.answers());
  }
}
