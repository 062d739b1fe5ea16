package dev.unroll.sentiment;

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
import dev.unroll.evaluation.Confusion;
import dev.unroll.text.WordVectorsReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Option(
      names = "--begin-with",
      paramLabel = "FILE",
      description =
          "A classifier of other texts, perhaps with other labels, whose words and layers this one"
              + " begins with; its sizes stay.")
  private Path beginWith;

  @Mixin private AnswerOptions answer;

  @Override
  public void run() {
    data.checkTargets(model);
    Optional<PretrainedClassifier> classifier =
        Optional.ofNullable(beginWith).map(PretrainedClassifier::load);
    SentimentConfig given =
        classifier
            .map(found -> settings.config(ConfigOptions.DEFAULT, found::config))
            .orElseGet(settings::config);
    var reviews = data.read(Sample.TRAIN, ReviewFiles::read, ReviewFiles::read);
    Beginning beginning =
        new Beginning(
            vectors.file().map(new WordVectorsReader().limit(given.maxVocabulary())::read),
            languageModels.load(),
            classifier);
    Optional<Corpus<Review>> unlabelled = consistency.unlabelled();
    vectors.check(!beginning.words().isEmpty());
    SentimentConfig config = beginning.fit(given);
    Splitter<Review> splitter = Splitter.stratified(config.training().seed(), Review::label);
    List<Split<Review>> splits = data.splits(reviews, splitter, config.devFraction());
    try (TrainSession session = new TrainSession("reviews", model, answer)) {
      session.run(
          splits,
          ReviewFiles::describe,
          new Scoring<>(Confusion::toMap, Confusion::plus),
          (split, target) -> train(config, beginning, unlabelled, split, target, session));
    }
  }

  private Trained<Review, Confusion> train(
      SentimentConfig config,
      Beginning beginning,
      Optional<Corpus<Review>> unlabelled,
      Split<Review> split,
      Path target,
      TrainSession session) {
    ReviewEncoder encoder = ReviewEncoder.fit(split.train(), config, beginning.words());
    SentimentTrainer trainer =
        new SentimentTrainer(config)
            .target(target, training.resume())
            .listener(session.progress())
            .stopWhen(session::interrupted);
    beginning.giveTo(trainer);
    unlabelled.ifPresent(trainer::unlabelled);
    var trained = trainer.train(encoder, split);
    SentimentModel finished = trained.model();
    return new Trained<>(
        trained.outcome(), "accuracy", finished.metrics(), examples -> finished.evaluate(examples));
  }
}
