package dev.unroll.activity;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.EvaluationOptions;
import dev.unroll.cli.MistakeOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.cli.ScoreReport;
import dev.unroll.data.AtomicFile;
import dev.unroll.data.Corpus;
import dev.unroll.evaluation.Confusion;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares a model's answers with labels. */
@Command(name = "evaluate", description = "Score a model on labelled recordings.")
final class EvaluateCommand implements Runnable {
  @Mixin private NetworkModelOptions model;
  @Mixin private EvaluationOptions evaluation;
  @Mixin private MistakeOptions mistakes;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Draw, as SVG, how accurate the model is when it has seen part of each recording.")
  private Path out;

  @Override
  public void run() {
    int shown = mistakes.count();
    ActivityModel loaded = ActivityModel.load(model.model());
    if (out != null) {
      model.outputs().fileOrStream(out);
    }
    Corpus<Recording> data = RecordingFiles.read(evaluation.data());
    RecordingFiles.checkLabels(data, loaded.labels());
    answer.err().println("data: " + RecordingFiles.describe(data));
    List<Recording> recordings = data.examples();
    List<Recognised> answers = loaded.recognise(recordings);
    Confusion scores = loaded.compare(recordings, answers);
    ScoreReport report = new ScoreReport(scores.toMap(), scores.toString());
    if (out != null) {
      List<SeenCurve.Share> shares = SeenCurve.of(loaded, recordings);
      AtomicFile.write(out, SeenCurve.svg(model.model().getFileName().toString(), shares));
      report.add("bySeen", shares, SeenCurve.table(shares));
    }
    report.mistakes(mistakes, Mistake.worst(recordings, answers, shown)).print(answer.answers());
  }
}
