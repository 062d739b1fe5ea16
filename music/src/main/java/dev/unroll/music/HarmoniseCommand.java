package dev.unroll.music;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.data.UserError;
import dev.unroll.music.score.Score;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds what sounds below melodies. */
@Command(name = "harmonise", description = "Add voices below melodies.")
final class HarmoniseCommand implements Runnable {
  @Mixin private NetworkModelOptions model;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--beam",
      paramLabel = "N",
      description = "Beginnings that the search keeps; default: ${DEFAULT-VALUE}.")
  private int beam = 8;

  @Option(
      names = "--voices",
      paramLabel = "N",
      description = "Most notes that sound together; 0 for as many as the model takes.")
  private int voices;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write: .mid, .abc, .wav or .json; without it, ABC is printed.")
  private Path out;

  @Parameters(
      paramLabel = "FILE",
      description = "Melodies: MIDI, ABC or a piano roll; what is highest is the melody.")
  private Path file;

  @Override
  public void run() {
    Optional<ScoreFormat> format = Optional.ofNullable(out).map(ScoreFormat::of);
    if (out != null) {
      model.outputs().fileOrStream(out);
    }
    MusicModel loaded = MusicModel.load(model.model());
    List<Piece> pieces = PieceFiles.asked(file, loaded, answer.err()::println);
    if (pieces.size() > 1 && format.filter(ScoreFormat::isOfOne).isPresent()) {
      throw UserError.usage(
          "%s has %d pieces, and %s holds one; give a file that ends with .abc or .json"
              .formatted(file, pieces.size(), out));
    }
    List<Score> scores = new ArrayList<>();
    for (Piece piece : pieces) {
      Score score = loaded.harmonise(piece.score(), beam, voices);
      scores.add(score);
      Harmonised found = Harmonised.of(score, scores.size());
      if (answer.json()) {
        answer.answers().print(found, "");
      } else if (out == null) {
        answer.answers().text((scores.size() > 1 ? "\n" : "") + found.abc().stripTrailing());
      }
    }
    format.ifPresent(as -> as.write(scores, loaded.config().step(), out));
  }
}
