package dev.unroll.sentiment;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.FormatOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.cli.TextOptions;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Answers a line with a label, for every line of what it is given. */
@Command(name = "classify", description = "Label texts, one a line.")
final class ClassifyCommand implements Runnable {
  @Mixin private NetworkModelOptions model;
  @Mixin private AnswerOptions answer;
  @Mixin private FormatOptions format;
  @Mixin private TextOptions texts;

  @Override
  public void run() {
    SentimentModel loaded = SentimentModel.load(model.model());
    Answers answers = answer.answers();
    texts.answer(
        format.plainText(), loaded::classify, opinion -> print(answers, opinion), answers::flush);
  }

  private static void print(Answers answers, Opinion opinion) {
    answers.print(
        opinion,
        String.format(
            Locale.ROOT, "%s\t%.4f\t%s", opinion.label(), opinion.probability(), opinion.text()));
  }
}
