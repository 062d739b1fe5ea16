package dev.unroll.embeddings;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.ModelOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
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
    OptionalDouble similarity = loaded.similarity(first, second);
    if (similarity.isEmpty()) {
      List<String> unknown =
          List.of(first, second).stream().filter(word -> loaded.index(word) < 0).toList();
      Queries.unknown(answers, first + " " + second, unknown);
      return;
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("first", first);
    object.put("second", second);
    object.put("similarity", similarity.getAsDouble());
    answers.print(object, String.format(Locale.ROOT, "%.4f", similarity.getAsDouble()));
  }
}
