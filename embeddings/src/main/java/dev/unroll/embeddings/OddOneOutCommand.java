package dev.unroll.embeddings;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.ModelOptions;
import dev.unroll.data.UserError;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Answers some words with the one that fits the others least. */
@Command(
    name = "odd-one-out",
    description = "Tell which of some words fits the others least: breakfast cereal dinner lunch.")
final class OddOneOutCommand implements Runnable {
  @Mixin private ModelOptions model;
  @Mixin private AnswerOptions answer;

  @Parameters(
      paramLabel = "WORD",
      arity = "0..*",
      description = "Three words or more; without any, those of each line of standard input.")
  private List<String> words = List.of();

  @Override
  public void run() {
    if (!words.isEmpty() && words.size() < 3) {
      throw UserError.usage("give three words or more, got " + words.size());
    }
    EmbeddingModel loaded = EmbeddingModel.load(model.model());
    Answers answers = answer.answers();
    if (!words.isEmpty()) {
      print(answers, loaded, words);
    } else {
      Queries.lines(
          answers,
          (line, query) -> {
            if (query.size() < 3) {
              throw line.error("give three words or more a line");
            }
            print(answers, loaded, query);
          });
    }
  }

  private static void print(Answers answers, EmbeddingModel loaded, List<String> query) {
    Map<String, Object> object = WordAnswers.oddOneOut(loaded, query);
    List<?> unknown = (List<?>) object.get(WordAnswers.UNKNOWN);
    Object word = object.get(WordAnswers.WORD);
    String left =
        unknown.isEmpty()
            ? ""
            : unknown.stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", ", "\t(unknown: ", ")"));
    answers.print(
        object, (word == null ? "too few of the words are in the vocabulary" : word) + left);
  }
}
