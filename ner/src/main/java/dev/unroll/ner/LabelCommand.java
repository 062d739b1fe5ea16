package dev.unroll.ner;

import static dev.unroll.data.UserError.setting;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.CharsetOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.cli.TextOptions;
import dev.unroll.data.UserError;
import dev.unroll.text.Tokenizer;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes training data of texts that nobody has tagged. */
@Command(
    name = "label",
    description =
        "Tag texts, one a line, for a tagger to learn from: sentences of whose names the model is"
            + " sure, in columns, once all were read.")
final class LabelCommand implements Runnable {
  @Mixin private NetworkModelOptions model;
  @Mixin private LanguageModelOptions languageModels;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--least",
      paramLabel = "P",
      description =
          "Probability that every name of a sentence must have, where it stands or by the share of"
              + " its type among all places of the name.")
  private double least = 0.7;

  @Option(
      names = "--format",
      paramLabel = "text|tokens",
      description = "What is read: a text a line (default), or words with spaces between them.")
  private Input input = Input.TEXT;

  @Mixin private CharsetOptions charset;
  @Mixin private TextOptions texts;

  /** What is read. */
  enum Input {
    /** A text a line, to be cut into words. */
    TEXT,
    /** A text a line, with a space between words. */
    TOKENS
  }

  @Override
  public void run() {
    if (!(least >= 0 && least <= 1)) {
      throw UserError.usage(setting("least") + " must be from 0 to 1, got " + least);
    }
    NerModel loaded = NerModel.load(model.model(), languageModels.load());
    Tokenizer tokenizer = input == Input.TOKENS ? Tokenizer.whitespace() : Tokenizer.standard();
    PseudoLabels labels = new PseudoLabels();
    texts.answer(
        charset.charset(),
        some -> loaded.tag(some, tokenizer),
        tagging -> labels.add(tagging.words(), tagging.entities()),
        () -> {});
    Answers answers = answer.answers();
    int sure =
        labels.forEach(
            least, tagging -> answers.print(tagging.shown(), tagging.columns(loaded.scheme())));
    answers.flush();
    answer
        .err()
        .println(String.format(Locale.ROOT, "labelled: %,d of %,d texts", sure, labels.texts()));
  }
}
