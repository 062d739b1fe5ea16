package dev.unroll.activity;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.EvaluationOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.data.AtomicFile;
import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows recordings, and what a model takes them for while they go on. */
@Command(
    name = "explain",
    description = "Show, as a page, recordings and what the model takes them for as they go on.")
final class ExplainCommand implements Runnable {
  private static final int MOST = 100;

  @Mixin private NetworkModelOptions model;
  @Mixin private EvaluationOptions evaluation;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many recordings of the data to show; default: ${DEFAULT-VALUE}.")
  private int count = 12;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The page to write, as HTML.")
  private Path out;

  @Override
  public void run() {
    if (count < 1 || count > MOST) {
      throw UserError.usage("--count must be from 1 to " + MOST + ", got " + count);
    }
    ActivityModel loaded = ActivityModel.load(model.model());
    model.outputs().fileOrStream(out);
    Corpus<Recording> data = RecordingFiles.read(evaluation.data());
    answer.err().println("data: " + RecordingFiles.describe(data));
    AtomicFile.write(out, RecordingPage.of(loaded, spread(data.examples())));
  }

  /** As many as are wanted, from all over the data, which is often sorted by label. */
  private List<Recording> spread(List<Recording> all) {
    int shown = Math.min(count, all.size());
    return IntStream.range(0, shown)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / shown)))
        .toList();
  }
}
