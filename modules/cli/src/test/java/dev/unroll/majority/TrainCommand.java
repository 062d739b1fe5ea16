package dev.unroll.majority;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.ConfigOptions;
import dev.unroll.cli.DataOptions;
import dev.unroll.cli.ModelOptions;
import dev.unroll.cli.Scoring;
import dev.unroll.cli.TrainSession;
import dev.unroll.cli.TrainSession.Trained;
import dev.unroll.cli.TrainingOptions;
import dev.unroll.data.Outcome;
import dev.unroll.data.Split;
import dev.unroll.data.Splitter;
import dev.unroll.evaluation.Confusion;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model and writes it, with its metrics beside it. */
@Command(name = "train", description = "Learn the commonest label.")
final class TrainCommand implements Runnable {
  @Mixin private DataOptions data; // --train --dev --test --folds --format --charset
  @Mixin private ModelOptions model; // --model
  @Mixin // --config
  private final ConfigOptions<MajorityConfig> settings =
      new ConfigOptions<>(Majority.class, MajorityConfig::with);
  @Mixin private TrainingOptions training; // --epochs … --seed --threads --dev-fraction --resume
  @Mixin private AnswerOptions answer; // --json

  @Option(names = "--min-count", description = "Rarer labels are not learnt.")
  private Integer minCount; // a setting of the configuration, by its name

  @Override
  public void run() {
    data.checkTargets(model);
    MajorityConfig config = settings.config();
    var notes = data.read(NoteFiles.SAMPLE, NoteFiles::read);
    Splitter<Note> splitter = Splitter.stratified(config.training().seed(), Note::label);
    List<Split<Note>> splits = data.splits(notes, splitter, config.devFraction());
    try (TrainSession session = new TrainSession("notes", model, answer)) {
      session.run(
          splits,
          NoteFiles::describe,
          new Scoring<>(Confusion::toMap, Confusion::plus),
          (split, target) -> train(config, split, target, session));
    }
  }

  private static Trained<Note, Confusion> train(
      MajorityConfig config, Split<Note> split, Path target, TrainSession session) {
    var trainer = new MajorityTrainer(config, session.progress(), session::interrupted);
    var trained = trainer.train(split);
    trained.model().save(target);
    Outcome outcome = trained.outcome();
    return new Trained<>(outcome, "accuracy", outcome.metrics(), trained.model()::evaluate);
  }
}
