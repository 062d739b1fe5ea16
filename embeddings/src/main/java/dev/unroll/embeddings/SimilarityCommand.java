package dev.unroll.embeddings;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.ModelOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Answers two words with their cosine. */
@Command(name = "similarity", description = "The cosine of the vectors of two words.")
final class SimilarityCommand implements Runnable {
  @Mixin private ModelOptions model;
  @Mixin private AnswerOptions answer;

  @Parameters(
      paramLabel = "A B",
      arity = "0..*",
      description = "Two words; without any, two a line of standard input.")
  private List<String> words = List.of();

  @Override
  public void run() {
    EmbeddingModel loaded = EmbeddingModel.load(model.model());
    Answers answers = answer.answers();
    Queries.each(words, 2, answers, q -> print(answers, loaded, q.get(0), q.get(1)));
  }

  private static void print(Answers answers, EmbeddingModel loaded, String first, String second) {
    Map<String, Object> object = WordAnswers.similarity(loaded, first, second);
    answers.print(
        object,
        Queries.unknown(object)
            .orElseGet(
                () -> String.format(Locale.ROOT, "%.4f", object.get(WordAnswers.SIMILARITY))));
  }
}
