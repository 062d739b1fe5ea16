package dev.unroll.sentiment;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.ConfigOptions;
import dev.unroll.cli.ConsoleProgress;
import dev.unroll.cli.DataOptions;
import dev.unroll.cli.ExitCode;
import dev.unroll.cli.Interruption;
import dev.unroll.cli.ModelOptions;
import dev.unroll.cli.NetworkOptions;
import dev.unroll.cli.TrainReport;
import dev.unroll.cli.TrainingOptions;
import dev.unroll.cli.VectorOptions;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.evaluation.Confusion;
import dev.unroll.text.WordVectors;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains a model and writes it, with its learning curve and metrics beside it. */
@Command(name = "train", description = "Train a classifier on labelled texts.")
final class TrainCommand implements Callable<Integer> {
  static final List<String> PRESETS = List.of("tiny", "phrases", "reviews");

  @Mixin private DataOptions data;
  @Mixin private ModelOptions model;
  @Mixin private ConfigOptions settings;
  @Mixin private NetworkOptions network;
  @Mixin private TrainingOptions training;
  @Mixin private VectorOptions vectors;
  @Mixin private AnswerOptions answer;

  @Override
  public Integer call() {
    model.checkTargetAndReport();
    var keys = SentimentConfig.defaults().toProperties().keySet();
    SentimentConfig given =
        settings.overrides(Sentiment.class, PRESETS, keys).apply(SentimentConfig::with);
    Split<Review> split = split(given);
    Optional<WordVectors> pretrained = vectors.read(given.maxVocabulary());
    SentimentConfig config =
        pretrained.map(v -> given.withDimensions(v.dimensions())).orElse(given);
    List<String> known = pretrained.map(WordVectors::words).orElse(List.of());
    ReviewEncoder encoder = ReviewEncoder.fit(split.train(), config, known);
    SentimentTrainer trainer =
        new SentimentTrainer(config).target(model.model(), training.resume());
    pretrained.ifPresent(trainer::vectors);
    try (Interruption interruption = Interruption.listen();
        ConsoleProgress progress = new ConsoleProgress("reviews")) {
      var trained =
          trainer.listener(progress).stopWhen(interruption::requested).train(encoder, split);
      report(trained, split);
    }
    return ExitCode.DONE;
  }

  private Split<Review> split(SentimentConfig config) {
    return data.split(
        this::read,
        Sample::train,
        config.devFraction(),
        (whole, share) -> whole.split(share, config.training().seed(), Review::label));
  }

  /** The labels of dev and test are those of the training data. */
  private Corpus<Review> read(Path path, Optional<Corpus<Review>> train) {
    var labels =
        train.map(t -> t.examples().stream().map(Review::label).distinct().sorted().toList());
    return ReviewFiles.read(path.toString(), data.format(), labels);
  }

  private void report(SentimentTrainer.Trained trained, Split<Review> split) {
    Answers answers = answer.answers();
    var report = new TrainReport(model.model(), trained.outcome(), trained.model().metrics());
    if (split.test().isPresent()) {
      Confusion scores = trained.model().evaluate(split.test().get().examples());
      report.test(scores.toMap());
      if (!answer.json()) {
        answers.text(scores.toString());
      }
    }
    report.write("accuracy", answers);
  }
}
