package dev.unroll.embeddings;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.ModelOptions;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers a word with its nearest neighbours. */
@Command(name = "nearest", description = "List the words nearest to a word, by cosine.")
final class NearestCommand implements Runnable {
  @Mixin private ModelOptions model;
  @Mixin private ThreadOptions threads;
  @Mixin private AnswerOptions answer;

  @Option(names = "--top", paramLabel = "N", description = "How many (${DEFAULT-VALUE}).")
  private int top = 10;

  @Parameters(
      paramLabel = "WORD",
      arity = "0..*",
      description = "Words; without any, one a line of standard input.")
  private List<String> words = List.of();

  @Override
  public void run() {
    Queries.checkTop(top);
    threads.apply();
    EmbeddingModel loaded = EmbeddingModel.load(model.model());
    Answers answers = answer.answers();
    Queries.each(
        words,
        1,
        answers,
        query -> Queries.print(answers, WordAnswers.nearest(loaded, query.get(0), top)));
  }
}
