package dev.unroll.sentiment;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.FormatOptions;
import dev.unroll.cli.ModelOptions;
import dev.unroll.data.UserError;
import dev.unroll.evaluation.Confusion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares a model's answers with labels. */
@Command(name = "evaluate", description = "Score a model on labelled texts.")
final class EvaluateCommand implements Runnable {
  @Mixin private ModelOptions model;
  @Mixin private FormatOptions format;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      required = true,
      description = "Labelled texts; - is standard input.")
  private String data;

  @Option(
      names = "--errors",
      paramLabel = "N",
      description = "Show the N worst mistakes too: those that the model was surest of.")
  private int errors;

  @Override
  public void run() {
    if (errors < 0) {
      throw UserError.usage("--errors must be 0 or above, got " + errors);
    }
    SentimentModel loaded = SentimentModel.load(model.model());
    List<Review> reviews = ReviewFiles.read(data, format, Optional.of(loaded.labels())).examples();
    List<Opinion> opinions = loaded.classify(reviews.stream().map(Review::text).toList());
    Confusion scores = loaded.compare(reviews, opinions);
    List<Mistake> mistakes = Mistake.worst(reviews, opinions, errors);
    Map<String, Object> object = new LinkedHashMap<>(scores.toMap());
    if (errors > 0) {
      object.put("mistakes", mistakes);
    }
    Answers answers = answer.answers();
    answers.print(object, scores.toString());
    if (!answer.json()) {
      mistakes.forEach(mistake -> answers.text(mistake.toString()));
    }
  }
}
