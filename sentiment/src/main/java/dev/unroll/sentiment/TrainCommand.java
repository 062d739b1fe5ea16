package dev.unroll.sentiment;

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
import dev.unroll.cli.VectorOptions;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.Splitter;
import dev.unroll.data.UserError;
import dev.unroll.evaluation.Confusion;
import dev.unroll.text.WordVectors;
import dev.unroll.text.WordVectorsReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains a model and writes it, with its learning curve and metrics beside it. */
@Command(name = "train", description = "Train a classifier on labelled texts.")
final class TrainCommand implements Runnable {
  @Mixin private DataOptions data;
  @Mixin private NetworkModelOptions model;

  @Mixin
  private final ConfigOptions<SentimentConfig> settings =
      new ConfigOptions<>(Sentiment.class, SentimentConfig::with);

  @Mixin private NetworkOptions network;
  @Mixin private TrainingOptions training;
  @Mixin private VectorOptions vectors;
  @Mixin private LanguageModelOptions languageModels;
  @Mixin private ConsistencyOptions consistency;
  @Mixin private AnswerOptions answer;

  @Override
  public void run() {
    data.checkTargets(model);
    SentimentConfig given = settings.config();
    var reviews = data.read(Sample.TRAIN, ReviewFiles::read, ReviewFiles::read);
    Optional<WordVectors> pretrained =
        vectors.file().map(new WordVectorsReader().limit(given.maxVocabulary())::read);
    LanguageModels begins = languageModels.load();
    Optional<Corpus<Review>> unlabelled = consistency.unlabelled();
    vectors.check(!begins.isEmpty());
    if (pretrained.isPresent() && !begins.isEmpty()) {
      throw UserError.usage(
          "%s and %s both say what word vectors begin with; give one of them"
              .formatted(setting("vectors"), setting("language-model")));
    }
    SentimentConfig config =
        pretrained.map(v -> given.withDimensions(v.dimensions())).orElse(begins.fit(given));
    Splitter<Review> splitter = Splitter.stratified(config.training().seed(), Review::label);
    List<Split<Review>> splits = data.splits(reviews, splitter, config.devFraction());
    try (TrainSession session = new TrainSession("reviews", model, answer)) {
      session.run(
          splits,
          ReviewFiles::describe,
          new Scoring<>(Confusion::toMap, Confusion::plus),
          (split, target) -> train(config, pretrained, begins, unlabelled, split, target, session));
    }
  }

  private Trained<Review, Confusion> train(
      SentimentConfig config,
      Optional<WordVectors> pretrained,
      LanguageModels begins,
      Optional<Corpus<Review>> unlabelled,
      Split<Review> split,
      Path target,
      TrainSession session) {
    List<String> known = pretrained.map(WordVectors::words).orElse(begins.words());
    ReviewEncoder encoder = ReviewEncoder.fit(split.train(), config, known);
    SentimentTrainer trainer =
        new SentimentTrainer(config)
            .target(target, training.resume())
            .listener(session.progress())
            .stopWhen(session::interrupted);
    pretrained.ifPresent(trainer::vectors);
    if (!begins.isEmpty()) {
      trainer.languageModels(begins);
    }
    unlabelled.ifPresent(trainer::unlabelled);
    var trained = trainer.train(encoder, split);
    SentimentModel finished = trained.model();
    return new Trained<>(
        trained.outcome(), "accuracy", finished.metrics(), examples -> finished.evaluate(examples));
  }
}
