package dev.unroll.activity;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.ConfigOptions;
import dev.unroll.cli.DataFile;
import dev.unroll.cli.DataOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.cli.NetworkOptions;
import dev.unroll.cli.Scoring;
import dev.unroll.cli.TrainSession;
import dev.unroll.cli.TrainSession.Trained;
import dev.unroll.cli.TrainingOptions;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.evaluation.Confusion;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model and writes it, with its learning curve and metrics beside it. */
@Command(name = "train", description = "Train a recogniser on labelled recordings.")
final class TrainCommand implements Runnable {
  @Mixin private DataOptions data;
  @Mixin private NetworkModelOptions model;

  @Mixin
  private final ConfigOptions<ActivityConfig> settings =
      new ConfigOptions<>(Activity.class, ActivityConfig::with);

  @Mixin private NetworkOptions network;
  @Mixin private TrainingOptions training;
  @Mixin private ActivityOptions activity;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--subjects",
      paramLabel = "FILE",
      description =
          "Who each recording of --train is of, a line each, where the data do not say;"
              + " --dev-fraction and --folds keep them together.")
  private Path subjects;

  @Override
  public void run() {
    data.checkTargets(model);
    ActivityConfig config = settings.config();
    var recordings = data.read(Sample.TRAIN, this::training, this::beside);
    var splitter = RecordingFiles.splitter(recordings.train(), config.training().seed());
    List<Split<Recording>> splits = data.splits(recordings, splitter, config.devFraction());
    try (TrainSession session = new TrainSession("recordings", model, answer)) {
      session.run(
          splits,
          RecordingFiles::describe,
          new Scoring<>(Confusion::toMap, Confusion::plus),
          (split, target) -> train(config, split, target, session));
    }
  }

  private Corpus<Recording> training(DataFile file) {
    Corpus<Recording> read = RecordingFiles.read(file);
    return subjects == null ? read : RecordingFiles.withSubjects(read, subjects);
  }

  /** The labels of dev and test are those of the training data. */
  private Corpus<Recording> beside(DataFile file, Corpus<Recording> training) {
    Corpus<Recording> read = RecordingFiles.read(file);
    RecordingFiles.checkLabels(read, List.copyOf(Recording.labels(training)));
    return read;
  }

  private Trained<Recording, Confusion> train(
      ActivityConfig config, Split<Recording> split, Path target, TrainSession session) {
    ActivityEncoder encoder = ActivityEncoder.fit(split.train(), config);
    var trained =
        new ActivityTrainer(config)
            .target(target, training.resume())
            .listener(session.progress())
            .stopWhen(session::interrupted)
            .train(encoder, split);
    ActivityModel finished = trained.model();
    return new Trained<>(
        trained.outcome(), "accuracy", finished.metrics(), examples -> finished.evaluate(examples));
  }
}
