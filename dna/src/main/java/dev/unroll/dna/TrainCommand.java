package dev.unroll.dna;

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
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model and writes it, with its learning curve and metrics beside it. */
@Command(name = "train", description = "Train a model on labelled strands, or on their regions.")
final class TrainCommand implements Runnable {
  @Mixin private DataOptions data;
  @Mixin private RegionOptions regions;
  @Mixin private NetworkModelOptions model;

  @Mixin
  private final ConfigOptions<DnaConfig> settings = new ConfigOptions<>(Dna.class, DnaConfig::with);

  @Mixin private NetworkOptions network;
  @Mixin private TrainingOptions training;
  @Mixin private DnaOptions dna;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--groups",
      paramLabel = "FILE|name|homology",
      description =
          "What --dev-fraction and --folds keep together: strands of one name up to the first colon,"
              + " such that share a stretch of bases, or those of one group in a file of a line a"
              + " strand.")
  private String groups;

  @Override
  public void run() {
    data.checkTargets(model);
    DnaConfig config = settings.config();
    var strands = data.read(Sample.TRAIN, regions::read, this::beside);
    var splitter = StrandFiles.splitter(strands.train(), groups, config.training().seed());
    List<Split<Strand>> splits = data.splits(strands, splitter, config.devFraction());
    if (StrandFiles.haveRegions(strands.train())) {
      run(
          config,
          splits,
          "f1",
          new Scoring<>(RegionScores::toMap, RegionScores::plus),
          DnaModel::evaluateRegions);
    } else {
      run(
          config,
          splits,
          "accuracy",
          new Scoring<>(Confusion::toMap, Confusion::plus),
          DnaModel::evaluateLabels);
    }
  }

  /** What dev and test are is what the training data are. */
  private Corpus<Strand> beside(DataFile file, Corpus<Strand> training) {
    Corpus<Strand> read = regions.read(file);
    StrandFiles.check(read, StrandEncoder.fit(training, settings.config()));
    return read;
  }

  private <S> void run(
      DnaConfig config,
      List<Split<Strand>> splits,
      String metric,
      Scoring<S> scoring,
      BiFunction<DnaModel, List<Strand>, S> evaluate) {
    try (TrainSession session = new TrainSession("strands", model, answer)) {
      StrandFiles.leak(splits.get(0))
          .ifPresent(
              leak ->
                  answer
                      .err()
                      .println("warning: " + leak + "; --groups homology keeps such together"));
      session.run(
          splits,
          StrandFiles::describe,
          scoring,
          (split, target) -> {
            var trained = train(config, split, target, session);
            DnaModel finished = trained.model();
            return new Trained<>(
                trained.outcome(),
                metric,
                finished.metrics(),
                examples -> evaluate.apply(finished, examples));
          });
    }
  }

  private dev.unroll.training.Trained<DnaModel> train(
      DnaConfig config, Split<Strand> split, Path target, TrainSession session) {
    StrandEncoder encoder = StrandEncoder.fit(split.train(), config);
    return new DnaTrainer(config)
        .target(target, training.resume())
        .listener(session.progress())
        .stopWhen(session::interrupted)
        .train(encoder, split);
  }
}
