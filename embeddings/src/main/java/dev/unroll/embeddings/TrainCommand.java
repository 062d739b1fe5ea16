package dev.unroll.embeddings;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.CharsetOptions;
import dev.unroll.cli.ConfigOptions;
import dev.unroll.cli.ConsoleProgress;
import dev.unroll.cli.ExitCode;
import dev.unroll.cli.Interruption;
import dev.unroll.cli.JsonLines;
import dev.unroll.cli.LiveOptions;
import dev.unroll.cli.LiveProgress;
import dev.unroll.cli.ModelOptions;
import dev.unroll.data.TrainingListener;
import dev.unroll.text.WordVectorsWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains vectors and writes them in word2vec's format. */
@Command(name = "train", description = "Learn word vectors from text.")
final class TrainCommand implements Callable<Integer> {
  static final String TINY = "tiny";

  @Mixin private WordOptions text;
  @Mixin private ModelOptions model;

  @Mixin
  private final ConfigOptions<EmbeddingConfig> settings =
      new ConfigOptions<>(Embeddings.class, EmbeddingConfig::with);

  @Mixin private AlgorithmOptions algorithm;
  @Mixin private LiveOptions live;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--output-format",
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
    try (Interruption interruption = Interruption.listen();
        ConsoleProgress progress = new ConsoleProgress("words");
        LiveProgress shown = live.beside(progress, "words")) {
      Throughput listener = new Throughput(shown);
      EmbeddingModel trained =
          new EmbeddingTrainer(config)
              .listener(listener)
              .stopWhen(interruption::requested)
              .target(target, output, resume)
              .train(reader);
      answer.answers().text(JsonLines.line(summary(config, trained, listener, began)));
    }
    return ExitCode.DONE;
  }

  /**
   * The configuration that was asked for.
   *
   * @param sample whether to begin with the preset for little text where no {@code --config} names
   *     another
   */
  static EmbeddingConfig config(
      ConfigOptions<EmbeddingConfig> settings, AlgorithmOptions algorithm, boolean sample) {
    return settings.config(
        sample ? TINY : ConfigOptions.DEFAULT,
        given -> {
          Map<String, String> all = new LinkedHashMap<>(given);
          algorithm.addTo(all);
          return EmbeddingConfig.with(all);
        });
  }

  private Map<String, Object> summary(
      EmbeddingConfig config, EmbeddingModel trained, Throughput listener, long began) {
    Path file = model.model();
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("model", file.toString());
    summary.put("epochs", config.epochs());
    summary.put("seconds", (System.nanoTime() - began) / 1_000_000 / 1e3);
    summary.put("vectors", trained.size());
    summary.put("dimensions", trained.dimensions());
    summary.put("wordsPerSecond", Math.round(listener.wordsPerSecond));
    summary.put("dev", Map.of());
    return summary;
  }

  /** Remembers how fast it went, and shows the rest. */
  private static final class Throughput implements TrainingListener {
    private final TrainingListener shown;
    private double wordsPerSecond;

    private Throughput(TrainingListener shown) {
      this.shown = shown;
    }

    @Override
    public void planned(Plan plan) {
      shown.planned(plan);
      // The table of all words of the text is garbage now; without this, the memory it leaves is
      // not used again by the weights, which are made next.
      System.gc();
    }

    @Override
    public void resumed(int epoch, int batch) {
      shown.resumed(epoch, batch);
    }

    @Override
    public void stepped(Step step) {
      wordsPerSecond = step.examplesPerSecond();
      shown.stepped(step);
    }

    @Override
    public void epochEnded(Epoch epoch) {
      shown.epochEnded(epoch);
    }

    @Override
    public void ended(Summary summary) {
      shown.ended(summary);
    }
  }
}
