package dev.unroll.charlm;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.ConfigOptions;
import dev.unroll.cli.DemoSession;
import dev.unroll.data.Split;
import dev.unroll.generation.SamplingConfig;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains on the sample, scores it and lets it write a little. */
@Command(name = "demo", description = "Train on the sample and show what the model writes.")
final class DemoCommand implements Runnable {
  /** Both columns are right, but what they say of a short text does not hold for a long one. */
  private static final String SHORT_TEXT =
      "Counting is hard to beat on a text as short as this, whose end repeats its beginning. On a"
          + "\nmegabyte of Shakespeare the network wins: see benchmarks/README.md.\n";

  private static final List<String> LINES =
      List.of(
          "The lamp was lit and the boats came home.", "The boats was lamp and home came lit the.");

  @Mixin
  private final ConfigOptions<CharLmConfig> settings =
      new ConfigOptions<>(CharLm.class, CharLmConfig::with, "tiny");

  @Mixin private AnswerOptions answer;

  @Override
  public void run() {
    CharLmConfig config = settings.config();
    Split<Passage> split =
        ContiguousSplit.of(
            Sample.train(config.ending()),
            config.devFraction(),
            config.testFraction(),
            config.ending());
    CharEncoder encoder = CharEncoder.fit(split.train(), config);
    try (DemoSession demo = new DemoSession(config.level().units(), answer)) {
      CharLmModel model =
          new CharLmTrainer(config).listener(demo.progress()).train(encoder, split).model();
      demo.show("Language model: the end of a text of which it read the beginning");
      split.dev().ifPresent(dev -> demo.show(model.evaluate(dev.examples()).toString()));
      demo.show(SHORT_TEXT);
      for (LineScore score : model.score(LINES)) {
        demo.show(
            String.format(Locale.ROOT, "%.2f nats\t%s", score.logProbability(), score.text()));
      }
      if (config.reverse()) {
        return; // it does not write
      }
      SampleRequest request =
          SampleRequest.ofLength(300, config.training().seed())
              .withPrime("The ")
              .withSampling(new SamplingConfig(0.6, 0, 1));
      demo.show("\n" + model.sample(request));
      demo.next(
          "charlm train --train book.txt --model book.zip",
          "charlm sample --model book.zip --length 500 --temperature 0.6",
          "charlm train --help");
    }
  }
}
