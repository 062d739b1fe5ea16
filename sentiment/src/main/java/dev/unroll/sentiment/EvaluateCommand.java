package dev.unroll.sentiment;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.EvaluationOptions;
import dev.unroll.cli.MistakeOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.cli.ScoreReport;
import dev.unroll.data.Corpus;
import dev.unroll.evaluation.Confusion;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Compares a model's answers with labels. */
@Command(name = "evaluate", description = "Score a model on labelled texts.")
final class EvaluateCommand implements Runnable {
  @Mixin private NetworkModelOptions model;
  @Mixin private EvaluationOptions evaluation;
  @Mixin private MistakeOptions mistakes;
  @Mixin private AnswerOptions answer;

  @Override
  public void run() {
    int shown = mistakes.count();
    SentimentModel loaded = SentimentModel.load(model.model());
    Corpus<Review> data = ReviewFiles.read(evaluation.data(), Optional.of(loaded.labels()));
    answer.err().println("data: " + ReviewFiles.describe(data));
    List<Review> reviews = data.examples();
    List<Opinion> opinions = loaded.classify(reviews.stream().map(Review::text).toList());
    Confusion scores = loaded.compare(reviews, opinions);
    new ScoreReport(scores.toMap(), scores.toString())
        .mistakes(mistakes, Mistake.worst(reviews, opinions, shown))
        .print(answer.answers());
  }
}
