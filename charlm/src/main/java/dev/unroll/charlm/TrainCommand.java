package dev.unroll.charlm;

import static dev.unroll.data.UserError.setting;

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
import dev.unroll.data.UserError;
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

  @Option(
      names = "--begin-with",
      paramLabel = "FILE",
      description =
          "A model whose parameters and vocabulary the training begins with, to go on with other"
              + " text; size and kind stay the model's.")
  private Path begin;

  @Override
  public void run() {
    data.checkTargets(model);
    if (begin != null && vectors != null) {
      throw UserError.usage(
          "%s has vectors already; leave out %s"
              .formatted(setting("begin-with"), setting("vectors")));
    }
    Optional<Beginning> beginning = Optional.ofNullable(begin).map(Beginning::load);
    CharLmConfig given =
        beginning
            .map(found -> settings.config(ConfigOptions.DEFAULT, found::config))
            .orElseGet(settings::config)
            .checked();
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
          (split, target) -> train(config, pretrained, beginning, split, target, session));
    }
  }

  private Trained<Passage, Evaluation> train(
      CharLmConfig config,
      Optional<WordVectors> pretrained,
      Optional<Beginning> beginning,
      Split<Passage> split,
      Path target,
      TrainSession session) {
    CharEncoder encoder =
        beginning
            .map(found -> found.model().encoder())
            .orElseGet(() -> CharEncoder.fit(split.train(), config));
    CharLmTrainer trainer =
        new CharLmTrainer(config)
            .target(target, training.resume())
            .listener(session.progress())
            .stopWhen(session::interrupted);
    pretrained.ifPresent(trainer::vectors);
    beginning.map(Beginning::model).ifPresent(trainer::beginWith);
    var trained = trainer.train(encoder, split);
    CharLmModel finished = trained.model();
    return new Trained<>(
        trained.outcome(), "nats per character", finished.metrics(), finished::evaluate);
  }
}
