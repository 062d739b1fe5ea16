package dev.unroll.charlm;

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
import dev.unroll.data.Splitter;
import dev.unroll.text.WordVectors;
import dev.unroll.text.WordVectorsReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model and writes it, with its learning curve and metrics beside it. */
@Command(name = "train", description = "Train a language model on text.")
final class TrainCommand implements Runnable {
  @Mixin private DataOptions data;
  @Mixin private NetworkModelOptions model;

  @Mixin
  private final ConfigOptions<CharLmConfig> settings =
      new ConfigOptions<>(CharLm.class, CharLmConfig::with);

  @Mixin private NetworkOptions network;
  @Mixin private CharLmOptions charlm;
  @Mixin private TrainingOptions training;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--vectors",
      paramLabel = "FILE",
      description =
          "For --level word, vectors to begin with: word2vec text or binary, GloVe or fastText"
              + " .vec; .gz too.")
  private Path vectors;

  @Override
  public void run() {
    data.checkTargets(model);
    CharLmConfig given = settings.config().checked();
    Optional<WordVectors> pretrained =
        Optional.ofNullable(vectors).map(path -> new WordVectorsReader().read(path));
    CharLmConfig config = pretrained.map(v -> given.withDimensions(v.dimensions())).orElse(given);
    Ending ending = config.ending();
    var text = data.read(Sample.TRAIN, file -> PassageFiles.read(file, ending));
    Splitter<Passage> splitter =
        ContiguousSplit.splitter(data.hasTest() ? 0 : config.testFraction(), ending);
    List<Split<Passage>> splits = data.splits(text, splitter, config.devFraction());
    try (TrainSession session = new TrainSession(config.level().units(), model, answer)) {
      session.run(
          splits,
          part -> PassageFiles.describe(part, ending),
          new Scoring<>(Evaluation::toMap, Evaluation::plus),
          (split, target) -> train(config, pretrained, split, target, session));
    }
  }

  private Trained<Passage, Evaluation> train(
      CharLmConfig config,
      Optional<WordVectors> pretrained,
      Split<Passage> split,
      Path target,
      TrainSession session) {
    CharEncoder encoder = CharEncoder.fit(split.train(), config);
    CharLmTrainer trainer =
        new CharLmTrainer(config)
            .target(target, training.resume())
            .listener(session.progress())
            .stopWhen(session::interrupted);
    pretrained.ifPresent(trainer::vectors);
    var trained = trainer.train(encoder, split);
    CharLmModel finished = trained.model();
    return new Trained<>(
        trained.outcome(), "nats per character", finished.metrics(), finished::evaluate);
  }
}
