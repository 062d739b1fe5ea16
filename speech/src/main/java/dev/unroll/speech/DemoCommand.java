package dev.unroll.speech;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.ConfigOptions;
import dev.unroll.cli.ConsoleProgress;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.Splitter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains on the sample, scores it and transcribes a few recordings. */
@Command(
    name = "demo",
    description = "Train on digits that the program says itself, and show what the model hears.")
final class DemoCommand implements Runnable {
  private static final int SHOWN = 5;

  @Mixin
  private final ConfigOptions<SpeechConfig> settings =
      new ConfigOptions<>(Speech.class, SpeechConfig::with, "tiny");

  @Mixin private AnswerOptions answer;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description =
          "Write the recordings there, with a manifest of each part, instead of training on them.")
  private Path out;

  @Override
  public void run() {
    if (out != null) {
      Sample.write(out);
      return;
    }
    Answers answers = answer.answers();
    SpeechConfig config = settings.config();
    Splitter<Utterance> splitter = Splitter.byGroup(config.training().seed(), Utterance::speakers);
    Split<Utterance> split = splitter.split(Sample.train(), config.devFraction());
    UtteranceEncoder encoder = UtteranceEncoder.fit(split.train(), config);
    SpeechModel model;
    try (ConsoleProgress progress = new ConsoleProgress("utterances")) {
      model = new SpeechTrainer(config).listener(progress).train(encoder, split).model();
    }
    Corpus<Utterance> test = Sample.test();
    Recognised recognised =
        Recognised.of(model, test.examples(), SearchConfig.greedy(), Optional.empty());
    answers.text("Speech: " + test.size() + " recordings of voices that it was not trained on");
    answers.text(recognised.errors().toString());
    for (Utterance utterance : test.examples().subList(0, SHOWN)) {
      StringBuilder times = new StringBuilder();
      for (Transcript.Word word : model.transcribe(utterance.recording()).words()) {
        times.append(String.format(Locale.ROOT, "  %.2f %s", word.start(), word.word()));
      }
      answers.text(utterance.recording().name() + ": " + utterance.text() + "\n  heard" + times);
    }
  }
}
