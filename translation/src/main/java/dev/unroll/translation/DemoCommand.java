package dev.unroll.translation;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.ConfigOptions;
import dev.unroll.cli.DemoSession;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.Splitter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains on the sample, scores it and translates a few sentences. */
@Command(name = "demo", description = "Train on the sample and show what the model translates.")
final class DemoCommand implements Runnable {
  private static final List<String> TEXTS =
      List.of(
          "Ich lese ein Buch.",
          "Wir trinken heute Abend Tee.",
          "Wo ist der Bahnhof?",
          "Meine Schwester kauft ein neues Fahrrad.");

  @Mixin
  private final ConfigOptions<TranslationConfig> settings =
      new ConfigOptions<>(Translation.class, TranslationConfig::with, "tiny");

  @Mixin private AnswerOptions answer;

  @Override
  public void run() {
    TranslationConfig config = settings.config();
    Corpus<SentencePair> pairs = new PairFilter(config).filter(Sample.train()).kept();
    Splitter<SentencePair> splitter = Splitter.byGroup(config.training().seed(), Overlap::groups);
    Split<SentencePair> split = splitter.split(pairs, config.devFraction());
    PairEncoder encoder = PairEncoder.fit(split.train(), config);
    try (DemoSession demo = new DemoSession("pairs", answer)) {
      TranslationModel model =
          new TranslationTrainer(config).listener(demo.progress()).train(encoder, split).model();
      SearchConfig search = SearchConfig.defaults();
      List<SentencePair> test = Sample.test().examples();
      TranslationScores scores = TranslationScores.of(model, test, search, true);
      List<Baseline> baselines =
          Baseline.of(scores.answered(), Optional.of(split.train().examples()));
      demo.show("Translation: " + test.size() + " sentences that it was not trained on");
      demo.show(Baseline.table(scores, baselines));
      for (Translated translated : model.translate(TEXTS, search)) {
        demo.show(translated.text() + "\n  " + translated.translation());
      }
      demo.next(
          "translation train --train train.de,train.en --model de-en.zip   (a sentence a line)",
          "translation translate --model de-en.zip",
          "translation train --help");
    }
  }
}
