package dev.unroll.ner;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.ConfigOptions;
import dev.unroll.cli.DataOptions;
import dev.unroll.cli.ModelOptions;
import dev.unroll.cli.NetworkOptions;
import dev.unroll.cli.Scoring;
import dev.unroll.cli.TrainSession;
import dev.unroll.cli.TrainSession.Trained;
import dev.unroll.cli.TrainingOptions;
import dev.unroll.cli.VectorOptions;
import dev.unroll.data.Split;
import dev.unroll.data.Splitter;
import dev.unroll.evaluation.SpanScores;
import dev.unroll.text.WordVectors;
import dev.unroll.text.WordVectorsReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains a model and writes it, with its learning curve and metrics beside it. */
@Command(name = "train", description = "Train a tagger on tagged sentences.")
final class TrainCommand implements Runnable {
  @Mixin private DataOptions data;
  @Mixin private ModelOptions model;

  @Mixin
  private final ConfigOptions<NerConfig> settings = new ConfigOptions<>(Ner.class, NerConfig::with);

  @Mixin private NetworkOptions network;
  @Mixin private NerOptions ner;
  @Mixin private TrainingOptions training;
  @Mixin private VectorOptions vectors;
  @Mixin private AnswerOptions answer;

  @Override
  public void run() {
    data.checkTargets(model);
    NerConfig given = settings.config();
    var sentences = data.read(Sample.TRAIN, TagFiles::read);
    Optional<WordVectors> pretrained =
        vectors.file().map(new WordVectorsReader().limit(given.maxVocabulary())::read);
    NerConfig config = pretrained.map(v -> given.withDimensions(v.dimensions())).orElse(given);
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
          (split, target) -> train(config, pretrained, split, target, session));
    }
  }

  private Trained<TaggedSentence, SpanScores> train(
      NerConfig config,
      Optional<WordVectors> pretrained,
      Split<TaggedSentence> split,
      Path target,
      TrainSession session) {
    pretrained.ifPresent(
        v -> answer.err().println("vectors: " + TagFiles.describe(split.train(), v)));
    TagEncoder encoder = TagEncoder.fit(split.train(), config, pretrained);
    NerTrainer trainer =
        new NerTrainer(config)
            .target(target, training.resume())
            .listener(session.progress())
            .stopWhen(session::interrupted);
    pretrained.ifPresent(trainer::vectors);
    var trained = trainer.train(encoder, split);
    NerModel finished = trained.model();
    return new Trained<>(
        trained.outcome(), "f1", finished.metrics(), examples -> finished.evaluate(examples));
  }
}
