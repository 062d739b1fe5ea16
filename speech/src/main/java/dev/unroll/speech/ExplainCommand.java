package dev.unroll.speech;

import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.data.AtomicFile;
import dev.unroll.data.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a model hears at each moment. */
@Command(
    name = "explain",
    description =
        "Show, as a page that plays the sound, its waveform, its spectrum and what the model hears.")
final class ExplainCommand implements Runnable {
  private static final int MOST = 20;

  @Mixin private NetworkModelOptions model;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The page to write, as HTML.")
  private Path out;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Recordings.")
  private List<Path> files;

  @Override
  public void run() {
    if (files.size() > MOST) {
      throw UserError.usage(
          "a page explains at most %d recordings, got %d; give it fewer"
              .formatted(MOST, files.size()));
    }
    SpeechModel loaded = SpeechModel.load(model.model());
    model.outputs().fileOrStream(out);
    List<SpeechPage.Heard> heard = new ArrayList<>();
    for (Path file : files) {
      heard.add(SpeechPage.hear(loaded, Recording.of(file)));
    }
    AtomicFile.write(out, SpeechPage.of(heard));
  }
}
