package dev.unroll.sentiment;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.FormatOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.cli.TextOptions;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Answers a line with its label and with how much each word speaks for it. */
@Command(
    name = "explain",
    description =
        "Show which words of texts, one a line, speak for the label and which against it.")
final class ExplainCommand implements Runnable {
  @Mixin private NetworkModelOptions model;
  @Mixin private AnswerOptions answer;
  @Mixin private FormatOptions format;
  @Mixin private TextOptions texts;

  @Override
  public void run() {
    SentimentModel loaded = SentimentModel.load(model.model());
    Answers answers = answer.answers();
    texts.answer(format.plainText(), loaded::explain, one -> print(answers, one), answers::flush);
  }

  private static void print(Answers answers, Explanation explanation) {
    String words =
        explanation.words().stream()
            .map(word -> String.format(Locale.ROOT, "%s %+.3f", word.word(), word.influence()))
            .collect(Collectors.joining("  "));
    answers.print(
        explanation,
        String.format(
            Locale.ROOT, "%s\t%.4f\t%s", explanation.label(), explanation.probability(), words));
  }
}
