package dev.unroll.translation;

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
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains a model and writes it, with its learning curve and metrics beside it. */
@Command(name = "train", description = "Learn to translate from sentences and translations.")
final class TrainCommand implements Runnable {
  @Mixin private DataOptions data;
  @Mixin private NetworkModelOptions model;

  @Mixin
  private final ConfigOptions<TranslationConfig> settings =
      new ConfigOptions<>(Translation.class, TranslationConfig::with);

  @Mixin private NetworkOptions network;
  @Mixin private NetworkSettings own;
  @Mixin private TrainingOptions training;
  @Mixin private AnswerOptions answer;

  @Override
  public void run() {
    data.checkTargets(model);
    TranslationConfig config = settings.config();
    var read = data.read(Sample.TRAIN, PairFiles::read);
    PairFilter.Filtered filtered = new PairFilter(config).filter(read.train());
    filtered.report().ifPresent(line -> answer.err().println("train: " + line));
    var parts = new DataOptions.Parts<>(filtered.kept(), read.dev(), read.test());
    Splitter<SentencePair> splitter = Splitter.byGroup(config.training().seed(), Overlap::groups);
    List<Split<SentencePair>> splits = data.splits(parts, splitter, config.devFraction());
    warnOfOverlap(parts);
    try (TrainSession session = new TrainSession("pairs", model, answer)) {
      session.run(
          splits,
          PairFiles::describe,
          new Scoring<>(TranslationScores::toMap, TranslationScores::plus),
          (split, target) -> train(config, split, target, session));
    }
  }

  /** What was split off has no sentence of the training part. */
  private void warnOfOverlap(DataOptions.Parts<SentencePair> parts) {
    parts
        .dev()
        .flatMap(part -> Overlap.of(parts.train(), part).warning("dev"))
        .ifPresent(answer.err()::println);
    parts
        .test()
        .flatMap(part -> Overlap.of(parts.train(), part).warning("test"))
        .ifPresent(answer.err()::println);
  }

  private Trained<SentencePair, TranslationScores> train(
      TranslationConfig config, Split<SentencePair> split, Path target, TrainSession session) {
    PairEncoder encoder = PairEncoder.fit(split.train(), config);
    var trained =
        new TranslationTrainer(config)
            .target(target, training.resume())
            .listener(session.progress())
            .stopWhen(session::interrupted)
            .train(encoder, split);
    TranslationModel finished = trained.model();
    boolean grouped = split.test().map(Answered::isCollection).orElse(false);
    return new Trained<>(
        trained.outcome(),
        "bleu",
        finished.metrics(),
        pairs -> TranslationScores.of(finished, pairs, SearchConfig.defaults(), grouped));
  }
}
