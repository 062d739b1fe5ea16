package dev.unroll.charlm;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.FormatOptions;
import dev.unroll.cli.ModelOptions;
import dev.unroll.data.Corpus;
import dev.unroll.data.TextSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how well a model predicts a text. */
@Command(name = "evaluate", description = "Score a model on a text it was not trained on.")
final class EvaluateCommand implements Runnable {
  @Mixin private ModelOptions model;
  @Mixin private FormatOptions format;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      required = true,
      description = "The text, a file or a folder of files; - is standard input.")
  private String data;

  @Override
  public void run() {
    CharLmModel loaded = CharLmModel.load(model.model());
    Corpus<Passage> text =
        PassageReader.read(
            TextSource.of(data).withCharset(format.plainText()), loaded.config().ending());
    Evaluation scores = loaded.evaluate(text.examples());
    answer.answers().print(scores.toMap(), scores.toString());
  }
}
