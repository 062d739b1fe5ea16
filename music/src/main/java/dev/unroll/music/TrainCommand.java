package dev.unroll.music;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.ConfigOptions;
import dev.unroll.cli.DataOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.cli.NetworkOptions;
import dev.unroll.cli.Scoring;
import dev.unroll.cli.TrainSession;
import dev.unroll.cli.TrainSession.Trained;
import dev.unroll.cli.TrainingOptions;
import dev.unroll.data.Split;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains a model and writes it, with its learning curve and metrics beside it. */
@Command(name = "train", description = "Train a model on music.")
final class TrainCommand implements Runnable {
  @Mixin private DataOptions data;
  @Mixin private NetworkModelOptions model;

  @Mixin
  private final ConfigOptions<MusicConfig> settings =
      new ConfigOptions<>(Music.class, MusicConfig::with);

  @Mixin private NetworkOptions network;
  @Mixin private MusicOptions music;
  @Mixin private TrainingOptions training;
  @Mixin private AnswerOptions answer;

  @Override
  public void run() {
    data.checkTargets(model);
    MusicConfig config = settings.config();
    var pieces =
        data.read(
            Sample.TRAIN,
            file -> PieceFiles.train(file, config.rollStep(), answer.err()::println),
            (file, train) -> PieceFiles.evaluate(file, config.rollStep(), answer.err()::println));
    List<Split<Piece>> splits =
        data.splits(pieces, new PieceSplitter(config.training().seed()), config.devFraction());
    try (TrainSession session = new TrainSession("symbols", model, answer)) {
      session.run(
          splits,
          PieceFiles::describe,
          new Scoring<>(MusicScores::toMap, MusicScores::plus),
          (split, target) -> train(config, split, target, session));
    }
  }

  private Trained<Piece, MusicScores> train(
      MusicConfig config, Split<Piece> split, Path target, TrainSession session) {
    MusicEncoder encoder = MusicEncoder.fit(split.train(), config);
    PieceFiles.lost(split.train().examples(), encoder).ifPresent(answer.err()::println);
    var trained =
        new MusicTrainer(config)
            .target(target, training.resume())
            .listener(session.progress())
            .stopWhen(session::interrupted)
            .train(encoder, split);
    MusicModel finished = trained.model();
    return new Trained<>(
        trained.outcome(), "nats per step", finished.metrics(), finished::evaluate);
  }
}
