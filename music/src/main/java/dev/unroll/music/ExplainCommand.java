package dev.unroll.music;

import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.data.AtomicFile;
import dev.unroll.data.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows pieces note by note, and plays them. */
@Command(
    name = "explain",
    description =
        "Show, as a page that plays them, how surprising each note of pieces is, and which training"
            + " piece is most like them.")
final class ExplainCommand implements Runnable {
  private static final int MOST = 50;

  @Mixin private NetworkModelOptions model;
  @Spec private CommandSpec command;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The page to write, as HTML.")
  private Path out;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "MIDI, ABC or piano rolls.")
  private List<Path> files;

  @Override
  public void run() {
    model.outputs().fileOrStream(out);
    MusicModel loaded = MusicModel.load(model.model());
    List<Explanation> explained = new ArrayList<>();
    for (Path file : files) {
      for (Piece piece : PieceFiles.asked(file, loaded, command.commandLine().getErr()::println)) {
        if (explained.size() == MOST) {
          throw UserError.usage("a page shows at most %d pieces; give it fewer".formatted(MOST));
        }
        explained.add(loaded.explain(piece));
      }
    }
    AtomicFile.write(out, MusicPage.of(explained));
  }
}
