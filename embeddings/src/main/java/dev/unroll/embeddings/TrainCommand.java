package dev.unroll.embeddings;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.CharsetOptions;
import dev.unroll.cli.ConfigOptions;
import dev.unroll.cli.ExitCode;
import dev.unroll.cli.Interruption;
import dev.unroll.cli.JsonLines;
import dev.unroll.cli.ModelOptions;
import dev.unroll.text.WordVectorsWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains vectors and writes them in word2vec's format. */
@Command(name = "train", description = "Learn word vectors from text.")
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private WordOptions text;
  @Mixin private ModelOptions model;
  @Mixin private ConfigOptions settings;
  @Mixin private AlgorithmOptions algorithm;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description =
          "How the vectors are written: text, binary (both word2vec's) or glove; without it by the"
              + " name: .bin, .glove, else text.")
  private String format;

  @Mixin private CharsetOptions charset;

  @Option(
      names = "--resume",
      description = "Go on from the last checkpoint beside --model, if there is one.")
  private boolean resume;

  @Override
  public Integer call() {
    model.checkTarget();
    EmbeddingConfig config = config(settings, algorithm, text.isSample());
    Path target = model.model();
    WordVectorsWriter.Format output = VectorFormats.named(Optional.ofNullable(format), target);
    SentenceReader reader = text.reader(charset.charset());
    long began = System.nanoTime();
    Path checkpoint = dev.unroll.training.Checkpoint.begin(target, resume);
    try (Interruption interruption = Interruption.listen();
        EmbeddingProgress progress = new EmbeddingProgress()) {
      EmbeddingTrainer trainer =
          new EmbeddingTrainer(config)
              .listener(progress)
              .stopWhen(interruption::requested)
              .checkpoint(checkpoint, resume);
      Optional<EmbeddingModel> trained = trainer.train(reader);
      progress.endLine();
      if (trained.isEmpty()) {
        command
            .commandLine()
            .getErr()
            .println(
                Files.exists(checkpoint)
                    ? "stopped; the checkpoint is " + checkpoint + ", go on with --resume"
                    : "stopped before there was anything to keep");
        return ExitCode.INTERRUPTED;
      }
      trained.get().save(model.model(), output);
      trainer.removeCheckpoint();
      answer.answers().text(JsonLines.line(summary(config, trained.get(), progress, began)));
    }
    return ExitCode.DONE;
  }

  /**
   * The configuration that was asked for.
   *
   * @param sample whether to begin with the preset for little text instead of the defaults
   */
  static EmbeddingConfig config(
      ConfigOptions settings, AlgorithmOptions algorithm, boolean sample) {
    Properties preset = new Properties();
    if (sample) {
      try (InputStream in = Embeddings.class.getResourceAsStream("presets/tiny.properties")) {
        preset.load(in);
      } catch (IOException e) {
        throw new IllegalStateException("the preset is missing beside " + Embeddings.class, e);
      }
    }
    return settings.config(
        Embeddings.class,
        given -> {
          Map<String, String> all = new LinkedHashMap<>();
          preset.stringPropertyNames().forEach(k -> all.put(k, preset.getProperty(k)));
          all.putAll(given);
          algorithm.addTo(all);
          return EmbeddingConfig.with(all);
        });
  }

  private Map<String, Object> summary(
      EmbeddingConfig config, EmbeddingModel trained, EmbeddingProgress progress, long began) {
    Path file = model.model();
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("model", file.toString());
    summary.put("epochs", config.epochs());
    summary.put("seconds", (System.nanoTime() - began) / 1_000_000 / 1e3);
    summary.put("vectors", trained.size());
    summary.put("dimensions", trained.dimensions());
    summary.put("wordsPerSecond", Math.round(progress.wordsPerSecond()));
    summary.put("dev", Map.of());
    return summary;
  }
}
