package dev.unroll.ner;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.ConfigOptions;
import dev.unroll.cli.DemoSession;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains on the sample, scores it and asks it a few things. */
@Command(name = "demo", description = "Train on the sample and show what the model finds in texts.")
final class DemoCommand implements Runnable {
  private static final List<String> TEXTS =
      List.of(
          "Martha Lindqvist flew from Lisbon to Hamburg on Friday.",
          "Orbit Shipping hired Paul Romano in Dublin.",
          "We waited at the station until it was dark.");

  @Mixin
  private final ConfigOptions<NerConfig> settings =
      new ConfigOptions<>(Ner.class, NerConfig::with, "tiny");

  @Mixin private AnswerOptions answer;

  @Override
  public void run() {
    NerConfig config = settings.config();
    Corpus<TaggedSentence> sentences = Sample.train();
    Split<TaggedSentence> split = sentences.split(config.devFraction(), config.training().seed());
    TagEncoder encoder = TagEncoder.fit(split.train(), config);
    try (DemoSession demo = new DemoSession("sentences", answer)) {
      NerModel model =
          new NerTrainer(config).listener(demo.progress()).train(encoder, split).model();
      demo.show("Names: " + Sample.test().size() + " sentences that it was not trained on");
      demo.show(model.evaluate(Sample.test().examples()).toString());
      model.tag(TEXTS).forEach(tagging -> demo.show(tagging.toString()));
      demo.next(
          "ner train --train train.conll --model names.zip   (a word and its tag a line)",
          "ner tag --model names.zip",
          "ner train --help");
    }
  }
}
