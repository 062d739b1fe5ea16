package dev.unroll.translation;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.CharsetOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.cli.TextOptions;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Answers a line with its translation, for every line of what it is given. */
@Command(name = "translate", description = "Translate sentences, one a line.")
final class TranslateCommand implements Runnable {
  @Mixin private NetworkModelOptions model;
  @Mixin private SearchOptions search;
  @Mixin private AnswerOptions answer;
  @Mixin private CharsetOptions charset;
  @Mixin private TextOptions texts;

  @Option(
      names = "--n-best",
      paramLabel = "N",
      description =
          "Print the N best translations with their scores, a line each: the number of the"
              + " sentence from 0 ||| translation ||| score.")
  private Integer nBest;

  @Option(
      names = "--alignments",
      description =
          "Say what the decoder looked at: after a tab, pairs i-j of a word of the source and one"
              + " of the translation, counted from 0.")
  private boolean alignments;

  private long sentence;

  @Override
  public void run() {
    SearchConfig config = search.config(nBest == null ? 1 : nBest, alignments);
    TranslationModel loaded = TranslationModel.load(model.model());
    if (alignments) {
      AlignmentPage.checkAttention(model.model(), loaded.config());
    }
    Answers answers = answer.answers();
    texts.answer(
        charset.charset(),
        sentences -> loaded.translate(sentences, config),
        translated -> print(answers, translated),
        answers::flush);
  }

  private void print(Answers answers, Translated translated) {
    answers.print(translated.shown(), nBest == null ? line(translated) : nBestLines(translated));
    sentence++;
  }

  private String line(Translated translated) {
    return translated.translation()
        + translated
            .alignment()
            .map(alignment -> "\t" + WordAlignment.of(alignment).links())
            .orElse("");
  }

  private String nBestLines(Translated translated) {
    List<String> lines =
        translated.alternatives().stream()
            .map(
                other ->
                    String.format(
                        Locale.ROOT,
                        "%d ||| %s ||| %.4f",
                        sentence,
                        other.translation(),
                        other.score()))
            .toList();
    return String.join("\n", lines);
  }
}
