package dev.unroll.charlm;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.FormatOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.cli.TextOptions;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says how probable each line is. */
@Command(name = "score", description = "Say how probable texts are, one a line.")
final class ScoreCommand implements Runnable {
  @Mixin private NetworkModelOptions model;
  @Mixin private AnswerOptions answer;
  @Mixin private FormatOptions format;
  @Mixin private TextOptions texts;

  @Override
  public void run() {
    CharLmModel loaded = CharLmModel.load(model.model());
    Answers answers = answer.answers();
    texts.answer(format.plainText(), loaded::score, score -> print(answers, score), answers::flush);
  }

  private static void print(Answers answers, LineScore score) {
    answers.print(
        score,
        String.format(
            Locale.ROOT,
            "%.4f\t%.4f\t%s",
            score.logProbability(),
            score.perCharacter(),
            score.text()));
  }
}
