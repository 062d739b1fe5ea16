package dev.unroll.activity;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.ConfigOptions;
import dev.unroll.cli.DemoSession;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains on the sample, scores it, and shows how soon it knows what a figure does. */
@Command(
    name = "demo",
    description = "Train on the sample and show how soon the model knows what a figure does.")
final class DemoCommand implements Runnable {
  @Mixin
  private final ConfigOptions<ActivityConfig> settings =
      new ConfigOptions<>(Activity.class, ActivityConfig::with, "tiny");

  @Mixin private AnswerOptions answer;

  @Override
  public void run() {
    ActivityConfig config = settings.config();
    Corpus<Recording> recordings = Sample.train();
    Split<Recording> split =
        RecordingFiles.splitter(recordings, config.training().seed())
            .split(recordings, config.devFraction());
    ActivityEncoder encoder = ActivityEncoder.fit(split.train(), config);
    try (DemoSession demo = new DemoSession("recordings", answer)) {
      ActivityModel model =
          new ActivityTrainer(config).listener(demo.progress()).train(encoder, split).model();
      List<Recording> test = Sample.test().examples();
      demo.show("Activity: " + test.size() + " recordings of people it has not seen");
      demo.show(model.evaluate(test).toString());
      Recording one = test.get(0);
      demo.show("How soon it knows what " + one.id() + " is, " + one.label() + ":");
      for (Moment moment : model.unfold(one, 5)) {
        Recognised guess = moment.answer();
        demo.show(
            String.format(
                Locale.ROOT,
                "after %d steps\t%s\t%.2f",
                moment.steps(),
                guess.label(),
                guess.probability()));
      }
      demo.next(
          "activity train --train recordings.ts --model activity.zip",
          "activity recognise --model activity.zip recording.csv",
          "activity train --help");
    }
  }
}
