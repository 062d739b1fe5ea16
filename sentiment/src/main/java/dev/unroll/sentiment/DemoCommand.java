package dev.unroll.sentiment;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.ConfigOptions;
import dev.unroll.cli.DemoSession;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains on the sample, scores it and asks it a few things. */
@Command(name = "demo", description = "Train on the sample and show what the model makes of texts.")
final class DemoCommand implements Runnable {
  private static final List<String> TEXTS =
      List.of(
          "Friendly staff, a spotless room and a great breakfast.",
          "The battery died after two days and nobody answered my mails.",
          "I loved every page of it.",
          "Not worth the money.");

  @Mixin
  private final ConfigOptions<SentimentConfig> settings =
      new ConfigOptions<>(Sentiment.class, SentimentConfig::with, "tiny");

  @Mixin private AnswerOptions answer;

  @Override
  public void run() {
    SentimentConfig config = settings.config();
    Corpus<Review> reviews = Sample.train();
    Split<Review> split =
        reviews.split(config.devFraction(), config.training().seed(), Review::label);
    ReviewEncoder encoder = ReviewEncoder.fit(split.train(), config);
    try (DemoSession demo = new DemoSession("reviews", answer)) {
      SentimentModel model =
          new SentimentTrainer(config).listener(demo.progress()).train(encoder, split).model();
      demo.show("Sentiment: " + Sample.test().size() + " reviews that it was not trained on");
      demo.show(model.evaluate(Sample.test().examples()).toString());
      for (Opinion opinion : model.classify(TEXTS)) {
        demo.show(
            String.format(
                Locale.ROOT,
                "%s\t%.2f\t%s",
                opinion.label(),
                opinion.probability(),
                opinion.text()));
      }
      demo.next(
          "sentiment train --train reviews.tsv --model reviews.zip   (a label, a tab and a text a line)",
          "sentiment classify --model reviews.zip",
          "sentiment train --help");
    }
  }
}
