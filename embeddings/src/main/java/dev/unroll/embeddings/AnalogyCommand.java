package dev.unroll.embeddings;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.ModelOptions;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers "a is to b as c is to" with a word. */
@Command(
    name = "analogy",
    description = "Complete \"A is to B as C is to …\": analogy man king woman.")
final class AnalogyCommand implements Runnable {
  @Mixin private ModelOptions model;
  @Mixin private ThreadOptions threads;
  @Mixin private AnswerOptions answer;

  @Option(names = "--top", paramLabel = "N", description = "How many (${DEFAULT-VALUE}).")
  private int top = 1;

  @Parameters(
      paramLabel = "A B C",
      arity = "0..*",
      description = "Three words; without any, three a line of standard input.")
  private List<String> words = List.of();

  @Override
  public void run() {
    Queries.checkTop(top);
    threads.apply();
    EmbeddingModel loaded = EmbeddingModel.load(model.model());
    Answers answers = answer.answers();
    Queries.each(
        words,
        3,
        answers,
        query -> Queries.print(answers, WordAnswers.analogy(loaded, query, top)));
  }
}
