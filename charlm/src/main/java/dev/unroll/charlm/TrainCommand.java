package dev.unroll.charlm;

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
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TextSource;
import dev.unroll.text.WordVectors;
import dev.unroll.text.WordVectorsReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model and writes it, with its learning curve and metrics beside it. */
@Command(name = "train", description = "Train a language model on text.")
final class TrainCommand implements Callable<Integer> {
  static final List<String> PRESETS = List.of("tiny", "shakespeare", "novel");

  @Mixin private DataOptions data;
  @Mixin private ModelOptions model;
  @Mixin private ConfigOptions settings;
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

  @Override
  public Integer call() {
    model.checkTargetAndReport();
    var keys = CharLmConfig.defaults().toProperties().keySet();
    CharLmConfig given = settings.overrides(CharLm.class, PRESETS, keys).apply(CharLmConfig::with);
    Optional<WordVectors> pretrained =
        Optional.ofNullable(vectors).map(path -> new WordVectorsReader().read(path));
    CharLmConfig config = pretrained.map(v -> given.withDimensions(v.dimensions())).orElse(given);
    Split<Passage> split = split(config);
    CharEncoder encoder = CharEncoder.fit(split.train(), config);
    CharLmTrainer trainer = new CharLmTrainer(config).target(model.model(), training.resume());
    pretrained.ifPresent(trainer::vectors);
    try (Interruption interruption = Interruption.listen();
        ConsoleProgress progress = new ConsoleProgress(config.level().units())) {
      var trained =
          trainer.listener(progress).stopWhen(interruption::requested).train(encoder, split);
      report(trained, split);
    }
    return ExitCode.DONE;
  }

  private Split<Passage> split(CharLmConfig config) {
    return data.split(
        (path, train) -> read(path, config),
        () -> Sample.train(config.ending()),
        config.devFraction(),
        (whole, share) ->
            ContiguousSplit.of(
                whole, share, data.hasTest() ? 0 : config.testFraction(), config.ending()));
  }

  private Corpus<Passage> read(Path path, CharLmConfig config) {
    TextSource source = TextSource.of(path.toString()).withCharset(data.format().plainText());
    return PassageReader.read(source, config.ending());
  }

  private void report(CharLmTrainer.Trained trained, Split<Passage> split) {
    TrainReport report =
        new TrainReport(model.model(), trained.outcome(), trained.model().metrics());
    Answers answers = answer.answers();
    split
        .test()
        .map(test -> trained.model().evaluate(test.examples()))
        .ifPresent(
            scores -> {
              report.test(scores.toMap());
              if (!answer.json()) {
                answers.text(scores.toString());
              }
            });
    report.write("nats per character", answers);
  }
}
