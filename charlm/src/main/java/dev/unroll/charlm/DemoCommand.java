package dev.unroll.charlm;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.ConfigOptions;
import dev.unroll.cli.ConsoleProgress;
import dev.unroll.data.Split;
import dev.unroll.generation.SamplingConfig;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains on the sample, scores it and lets it write a little. */
@Command(name = "demo", description = "Train on the sample and show what the model writes.")
final class DemoCommand implements Runnable {
  private static final List<String> LINES =
      List.of(
          "The lamp was lit and the boats came home.", "The boats was lamp and home came lit the.");

  @Mixin
  private final ConfigOptions<CharLmConfig> settings =
      new ConfigOptions<>(CharLm.class, CharLmConfig::with, "tiny");

  @Mixin private AnswerOptions answer;

  @Override
  public void run() {
    Answers answers = answer.answers();
    CharLmConfig config = settings.config();
    Split<Passage> split =
        ContiguousSplit.of(
            Sample.train(config.ending()),
            config.devFraction(),
            config.testFraction(),
            config.ending());
    CharEncoder encoder = CharEncoder.fit(split.train(), config);
    CharLmModel model;
    try (ConsoleProgress progress = new ConsoleProgress(config.level().units())) {
      model = new CharLmTrainer(config).listener(progress).train(encoder, split).model();
    }
    answers.text("Language model: the end of a text of which it read the beginning");
    split.dev().ifPresent(dev -> answers.text(model.evaluate(dev.examples()).toString()));
    for (LineScore score : model.score(LINES)) {
      answers.text(
          String.format(Locale.ROOT, "%.2f nats\t%s", score.logProbability(), score.text()));
    }
    if (config.reverse()) {
      return; // it does not write
    }
    SampleRequest request =
        SampleRequest.ofLength(300, config.training().seed())
            .withPrime("The ")
            .withSampling(new SamplingConfig(0.6, 0, 1));
    answers.text("\n" + model.sample(request));
  }
}
