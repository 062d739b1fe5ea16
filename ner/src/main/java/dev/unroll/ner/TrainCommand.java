package dev.unroll.ner;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.ConfigOptions;
import dev.unroll.cli.DataOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.cli.NetworkOptions;
import dev.unroll.cli.Scoring;
import dev.unroll.cli.TrainSession;
import dev.unroll.cli.TrainSession.Trained;
import dev.unroll.cli.TrainingOptions;
import dev.unroll.cli.VectorOptions;
import dev.unroll.data.Split;
import dev.unroll.data.Splitter;
import dev.unroll.data.UserError;
import dev.unroll.evaluation.SpanScores;
import dev.unroll.generation.language.CharacterStates;
import dev.unroll.text.WordVectors;
import dev.unroll.text.WordVectorsReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model and writes it, with its learning curve and metrics beside it. */
@Command(name = "train", description = "Train a tagger on tagged sentences.")
final class TrainCommand implements Runnable {
  @Mixin private DataOptions data;
  @Mixin private NetworkModelOptions model;

  @Mixin
  private final ConfigOptions<NerConfig> settings = new ConfigOptions<>(Ner.class, NerConfig::with);

  @Mixin private NetworkOptions network;
  @Mixin private NerOptions ner;
  @Mixin private TrainingOptions training;
  @Mixin private VectorOptions vectors;
  @Mixin private LanguageModelOptions languageModels;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--embed",
      description =
          "Put the language models into the tagger's file, which then needs nothing else.")
  private boolean embed;

  @Option(
      names = "--begin-with",
      paramLabel = "FILE",
      description =
          "A tagger, perhaps of other types, whose layers and words this one begins with; its sizes"
              + " too.")
  private Path begin;

  @Override
  public void run() {
    data.checkTargets(model);
    List<CharacterStates> given = languageModels.load();
    Optional<Beginning> beginning =
        Optional.ofNullable(begin).map(file -> Beginning.load(file, given));
    Optional<NerModel> begins = beginning.map(Beginning::model);
    List<CharacterStates> models = begins.map(NerModel::languageModels).orElse(given);
    if (embed && models.isEmpty()) {
      throw UserError.usage(
          "--embed puts language models into the file, and there is none; add --language-model");
    }
    models.forEach(read -> answer.err().println("language model: " + read));
    vectors.check(begins.isPresent());
    NerConfig asked =
        beginning
            .map(found -> settings.config(ConfigOptions.DEFAULT, found::config))
            .orElseGet(settings::config);
    var sentences = data.read(Sample.TRAIN, TagFiles::read);
    Optional<WordVectors> pretrained =
        vectors.file().map(new WordVectorsReader().limit(asked.maxVocabulary())::read);
    pretrained.ifPresent(
        v -> beginning.ifPresent(found -> found.requireDimensions(v.dimensions())));
    NerConfig config = pretrained.map(v -> asked.withDimensions(v.dimensions())).orElse(asked);
    long seed = config.training().seed();
    Splitter<TaggedSentence> splitter =
        Splitter.<TaggedSentence>random(seed)
            .withFoldsOf(Splitter.byGroup(seed, TagFiles::documents));
    List<Split<TaggedSentence>> splits = data.splits(sentences, splitter, config.devFraction());
    try (TrainSession session = new TrainSession("sentences", model, answer)) {
      session.run(
          splits,
          TagFiles::describe,
          new Scoring<>(SpanScores::toMap, SpanScores::plus),
          (split, target) -> train(config, pretrained, begins, models, split, target, session));
    }
  }

  private Trained<TaggedSentence, SpanScores> train(
      NerConfig config,
      Optional<WordVectors> pretrained,
      Optional<NerModel> begins,
      List<CharacterStates> models,
      Split<TaggedSentence> split,
      Path target,
      TrainSession session) {
    pretrained.ifPresent(
        v -> answer.err().println("vectors: " + TagFiles.describe(split.train(), v)));
    TagEncoder encoder = TagEncoder.fit(split.train(), config, pretrained, begins);
    NerTrainer trainer =
        new NerTrainer(config)
            .target(target, training.resume())
            .listener(session.progress())
            .stopWhen(session::interrupted);
    pretrained.ifPresent(trainer::vectors);
    begins.ifPresentOrElse(
        model -> trainer.beginWith(model, embed), () -> trainer.languageModels(models, embed));
    var trained = trainer.train(encoder, split);
    NerModel finished = trained.model();
    return new Trained<>(
        trained.outcome(), "f1", finished.metrics(), examples -> finished.evaluate(examples));
  }
}
