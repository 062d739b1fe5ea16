package dev.unroll.translation;

import dev.unroll.cli.CharsetOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.cli.TextOptions;
import dev.unroll.data.AtomicFile;
import dev.unroll.data.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what the decoder looked at while it wrote. */
@Command(
    name = "explain",
    description = "Show, as a page, what the translator looked at before it wrote each word.")
final class ExplainCommand implements Runnable {
  private static final int MOST = 100;

  @Mixin private NetworkModelOptions model;
  @Mixin private SearchOptions search;
  @Mixin private CharsetOptions charset;
  @Mixin private TextOptions texts;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The page to write, as HTML.")
  private Path out;

  @Override
  public void run() {
    SearchConfig config = search.config(1, true);
    TranslationModel loaded = TranslationModel.load(model.model());
    AlignmentPage.checkAttention(model.model(), loaded.config());
    model.outputs().fileOrStream(out);
    List<Translated> translated = new ArrayList<>();
    texts.answer(
        charset.charset(),
        sentences -> loaded.translate(sentences, config),
        one -> add(translated, one),
        () -> {});
    AtomicFile.write(out, AlignmentPage.of(translated));
  }

  private static void add(List<Translated> translated, Translated one) {
    if (translated.size() == MOST) {
      throw UserError.usage("a page explains at most " + MOST + " sentences; give it fewer");
    }
    translated.add(one);
  }
}
