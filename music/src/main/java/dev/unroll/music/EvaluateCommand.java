package dev.unroll.music;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.EvaluationOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.cli.ScoreReport;
import dev.unroll.data.Corpus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says how well a model predicts pieces. */
@Command(name = "evaluate", description = "Score a model on music it was not trained on.")
final class EvaluateCommand implements Runnable {
  @Mixin private NetworkModelOptions model;
  @Mixin private EvaluationOptions evaluation;
  @Mixin private AnswerOptions answer;

  @Override
  public void run() {
    MusicModel loaded = MusicModel.load(model.model());
    Corpus<Piece> pieces =
        PieceFiles.evaluate(evaluation.data(), loaded.config().rollStep(), answer.err()::println);
    answer.err().println("data: " + PieceFiles.describe(pieces));
    PieceFiles.lost(pieces.examples(), loaded.encoder()).ifPresent(answer.err()::println);
    MusicScores scores = loaded.evaluate(pieces.examples());
    new ScoreReport(scores.toMap(), scores.toString()).print(answer.answers());
  }
}
