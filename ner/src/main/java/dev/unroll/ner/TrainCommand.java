package dev.unroll.ner;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.ConfigOptions;
import dev.unroll.cli.ConsoleProgress;
import dev.unroll.cli.DataOptions;
import dev.unroll.cli.ExitCode;
import dev.unroll.cli.Interruption;
import dev.unroll.cli.ModelOptions;
import dev.unroll.cli.NetworkOptions;
import dev.unroll.cli.TrainReport;
import dev.unroll.cli.TrainingOptions;
import dev.unroll.cli.VectorOptions;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.evaluation.SpanScores;
import dev.unroll.text.WordVectors;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Trains a model and writes it, with its learning curve and metrics beside it. */
@Command(name = "train", description = "Train a tagger on tagged sentences.")
final class TrainCommand implements Callable<Integer> {
  static final List<String> PRESETS = List.of("tiny");

  @Spec private CommandSpec command;
  @Mixin private DataOptions data;
  @Mixin private ModelOptions model;
  @Mixin private ConfigOptions settings;
  @Mixin private NetworkOptions network;
  @Mixin private NerOptions ner;
  @Mixin private TrainingOptions training;
  @Mixin private VectorOptions vectors;
  @Mixin private AnswerOptions answer;

  @Override
  public Integer call() {
    model.checkTargetAndReport();
    var keys = NerConfig.defaults().toProperties().keySet();
    NerConfig given = settings.overrides(Ner.class, PRESETS, keys).apply(NerConfig::with);
    Split<TaggedSentence> split = split(given);
    PrintWriter err = command.commandLine().getErr();
    err.println("train: " + TagFiles.describe(split.train()));
    split.dev().ifPresent(part -> err.println("dev: " + TagFiles.describe(part)));
    split.test().ifPresent(part -> err.println("test: " + TagFiles.describe(part)));
    Optional<WordVectors> pretrained = vectors.read(given.maxVocabulary());
    pretrained.ifPresent(v -> err.println("vectors: " + TagFiles.describe(split.train(), v)));
    NerConfig config = pretrained.map(v -> given.withDimensions(v.dimensions())).orElse(given);
    TagEncoder encoder = TagEncoder.fit(split.train(), config, pretrained);
    NerTrainer trainer = new NerTrainer(config).target(model.model(), training.resume());
    pretrained.ifPresent(trainer::vectors);
    try (Interruption interruption = Interruption.listen();
        ConsoleProgress progress = new ConsoleProgress("sentences")) {
      var trained =
          trainer.listener(progress).stopWhen(interruption::requested).train(encoder, split);
      report(trained, split);
    }
    return ExitCode.DONE;
  }

  private Split<TaggedSentence> split(NerConfig config) {
    return data.split(
        (path, train) -> read(path),
        Sample::train,
        config.devFraction(),
        (whole, share) -> whole.split(share, config.training().seed()));
  }

  private Corpus<TaggedSentence> read(Path path) {
    return TagFiles.read(path.toString(), data.format());
  }

  private void report(NerTrainer.Trained trained, Split<TaggedSentence> split) {
    Answers answers = answer.answers();
    var report = new TrainReport(model.model(), trained.outcome(), trained.model().metrics());
    if (split.test().isPresent()) {
      SpanScores scores = trained.model().evaluate(split.test().get().examples());
      report.test(scores.toMap());
      if (!answer.json()) {
        answers.text(scores.toString().stripTrailing());
      }
    }
    report.write("f1", answers);
  }
}
