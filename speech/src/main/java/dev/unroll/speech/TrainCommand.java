package dev.unroll.speech;

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
import dev.unroll.data.Splitter;
import dev.unroll.evaluation.ErrorRate;
import dev.unroll.generation.language.CharacterModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model and writes it, with its learning curve and metrics beside it. */
@Command(name = "train", description = "Learn from recordings and what is said in them.")
final class TrainCommand implements Runnable {
  @Mixin private DataOptions data;
  @Mixin private UtteranceOptions utterances;
  @Mixin private NetworkModelOptions model;

  @Mixin
  private final ConfigOptions<SpeechConfig> settings =
      new ConfigOptions<>(Speech.class, SpeechConfig::with);

  @Mixin private NetworkOptions network;
  @Mixin private AudioOptions audio;
  @Mixin private TrainingOptions training;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--language-model",
      paramLabel = "FILE",
      description =
          "A model of characters by charlm, which the model's file will hold for its searches.")
  private Path languageModel;

  @Override
  public void run() {
    data.checkTargets(model);
    SpeechConfig config = settings.config();
    Optional<CharacterModel> language =
        Optional.ofNullable(languageModel).map(CharacterModel::load);
    var parts = data.read(Sample.TRAIN, this::read);
    Splitter<Utterance> splitter = Splitter.byGroup(config.training().seed(), Utterance::speakers);
    List<Split<Utterance>> splits = data.splits(parts, splitter, config.devFraction());
    try (TrainSession session = new TrainSession("utterances", model, answer)) {
      session.run(
          splits,
          UtteranceOptions::describe,
          new Scoring<>(ErrorRate::toMap, ErrorRate::plus),
          (split, target) -> train(config, language, split, target, session));
    }
  }

  private Corpus<Utterance> read(DataFile file) {
    return file == Sample.TRAIN ? Sample.train() : utterances.read(file);
  }

  private Trained<Utterance, ErrorRate> train(
      SpeechConfig config,
      Optional<CharacterModel> language,
      Split<Utterance> split,
      Path target,
      TrainSession session) {
    UtteranceEncoder encoder = UtteranceEncoder.fit(split.train(), config);
    SpeechTrainer trainer =
        new SpeechTrainer(config)
            .target(target, training.resume())
            .listener(session.progress())
            .stopWhen(session::interrupted);
    language.ifPresent(trainer::language);
    var trained = trainer.train(encoder, split);
    SpeechModel finished = trained.model();
    return new Trained<>(
        trained.outcome(), "wordErrorRate", finished.metrics(), finished::evaluate);
  }
}
