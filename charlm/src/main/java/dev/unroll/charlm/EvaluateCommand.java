package dev.unroll.charlm;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.EvaluationOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.cli.ScoreReport;
import dev.unroll.data.Corpus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says how well a model predicts a text. */
@Command(name = "evaluate", description = "Score a model on a text it was not trained on.")
final class EvaluateCommand implements Runnable {
  @Mixin private NetworkModelOptions model;
  @Mixin private EvaluationOptions evaluation;
  @Mixin private DynamicOptions dynamic;
  @Mixin private AnswerOptions answer;

  @Override
  public void run() {
    dynamic.check();
    CharLmModel loaded = CharLmModel.load(model.model());
    Ending ending = loaded.config().ending();
    Corpus<Passage> text = PassageFiles.read(evaluation.data(), ending);
    answer.err().println("data: " + PassageFiles.describe(text, ending));
    Evaluation scores = dynamic.evaluate(loaded, text.examples());
    new ScoreReport(scores.toMap(), scores.toString()).print(answer.answers());
  }
}
