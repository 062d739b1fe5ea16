package dev.unroll.charlm;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.Conversation;
import dev.unroll.cli.FormatOptions;
import dev.unroll.cli.ModelOptions;
import dev.unroll.text.LineReader;
import dev.unroll.text.TextSource;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how probable each line is. */
@Command(name = "score", description = "Say how probable texts are, one a line.")
final class ScoreCommand implements Runnable {
  private static final int MOST_AT_ONCE = 256;

  @Mixin private ModelOptions model;
  @Mixin private AnswerOptions answer;
  @Mixin private FormatOptions format;

  @Option(names = "--text", paramLabel = "TEXT", description = "A text to score, instead of files.")
  private String text;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Texts, one a line; without files, or for -, standard input.")
  private List<String> files = List.of(TextSource.STANDARD_INPUT);

  @Override
  public void run() {
    CharLmModel loaded = CharLmModel.load(model.model());
    Answers answers = answer.answers();
    if (text != null) {
      print(answers, loaded.score(text));
      return;
    }
    for (String file : files) {
      try (LineReader lines = TextSource.of(file).withCharset(format.charset()).open()) {
        Conversation.run(
            Conversation.lines(lines),
            MOST_AT_ONCE,
            loaded::score,
            score -> print(answers, score),
            answers::flush);
      }
    }
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
