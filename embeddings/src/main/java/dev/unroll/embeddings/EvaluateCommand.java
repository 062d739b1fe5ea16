package dev.unroll.embeddings;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.ModelOptions;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import dev.unroll.evaluation.AnalogyScores;
import dev.unroll.evaluation.Ranking;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges vectors by analogies and by people's sense of likeness. */
@Command(name = "evaluate", description = "Score vectors on analogies and on word similarity.")
final class EvaluateCommand implements Runnable {
  @Mixin private ModelOptions model;
  @Mixin private ThreadOptions threads;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--analogies",
      paramLabel = "FILE",
      description = "Questions of four words a line, such as questions-words.txt.")
  private String analogies;

  @Option(
      names = "--similarity",
      paramLabel = "FILE",
      description = "Two words and people's score a line, such as WordSim-353.")
  private String similarity;

  @Option(
      names = "--restrict-vocabulary",
      paramLabel = "N",
      description = "Use the first N words of the model only; they are the most frequent.")
  private int restrict = Integer.MAX_VALUE;

  @Override
  public void run() {
    if (analogies == null && similarity == null) {
      throw UserError.usage("give --analogies FILE, --similarity FILE or both");
    }
    if (restrict < 1) {
      throw UserError.usage("--restrict-vocabulary must be at least 1, got " + restrict);
    }
    Analogies questions = analogies == null ? null : Analogies.read(TextSource.of(analogies));
    WordPairs pairs = similarity == null ? null : WordPairs.read(TextSource.of(similarity));
    threads.apply();
    EmbeddingModel loaded = EmbeddingModel.load(model.model());
    Map<String, Object> object = new LinkedHashMap<>();
    StringBuilder text = new StringBuilder();
    if (questions != null) {
      AnalogyScores scores = questions.evaluate(loaded, restrict);
      object.put("analogies", scores.toMap());
      text.append(scores);
    }
    if (pairs != null) {
      Ranking ranking = pairs.evaluate(loaded, restrict);
      object.put("similarity", ranking.toMap());
      text.append(ranking);
    }
    answer.answers().print(object, text.toString().stripTrailing());
  }
}
