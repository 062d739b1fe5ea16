package dev.unroll.activity;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.FileOptions;
import dev.unroll.cli.FormatOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.data.LineReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Answers every recording of the files that it is given, or a stream as it comes. */
@Command(name = "recognise", description = "Label recordings, or what goes on in a stream.")
final class RecogniseCommand implements Runnable {
  @Mixin private NetworkModelOptions model;
  @Mixin private AnswerOptions answer;
  @Mixin private FormatOptions format;
  @Mixin private FileOptions files;
  @Mixin private StreamOptions stream;

  @Override
  public void run() {
    boolean streaming = stream.stream();
    ActivityModel loaded = ActivityModel.load(model.model());
    Answers answers = answer.answers();
    if (streaming) {
      try (LineReader lines = format.at(files.only()).text().open()) {
        stream.answer(loaded, lines, spotted -> print(answers, spotted), answers::flush);
      }
      return;
    }
    files.answer(
        RecogniseCommand::belongs,
        1,
        paths -> List.of(recognise(loaded, paths.get(0))),
        all -> all.forEach(one -> print(answers, one)),
        answers::flush);
  }

  private static boolean belongs(Path file) {
    return RecordingFolders.isTable(file)
        || file.getFileName().toString().matches("(?i).*\\.ts(\\.gz)?");
  }

  private List<Recognised> recognise(ActivityModel loaded, Path path) {
    return loaded.recognise(RecordingFiles.read(format.at(path.toString())).examples());
  }

  private static void print(Answers answers, Recognised one) {
    answers.print(
        one, String.format(Locale.ROOT, "%s\t%.4f\t%s", one.label(), one.probability(), one.id()));
  }

  private static void print(Answers answers, Spotted one) {
    answers.print(
        one,
        String.format(
            Locale.ROOT,
            "%s\t%.4f\t%.2f\t%.2f",
            one.label(),
            one.probability(),
            one.start(),
            one.end()));
  }
}
