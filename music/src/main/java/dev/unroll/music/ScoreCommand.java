package dev.unroll.music;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.FileOptions;
import dev.unroll.cli.NetworkModelOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says how probable pieces are. */
@Command(name = "score", description = "Say how probable pieces are, a line each.")
final class ScoreCommand implements Runnable {
  @Mixin private NetworkModelOptions model;
  @Mixin private AnswerOptions answer;
  @Mixin private FileOptions files;

  @Override
  public void run() {
    MusicModel loaded = MusicModel.load(model.model());
    Answers answers = answer.answers();
    files.answer(
        PieceReader::belongs,
        1,
        paths -> paths.stream().map(path -> score(loaded, path)).toList(),
        scores -> scores.forEach(score -> print(answers, score)),
        answers::flush);
  }

  private List<PieceScore> score(MusicModel loaded, Path path) {
    List<Piece> pieces = PieceFiles.asked(path, loaded, answer.err()::println);
    PieceFiles.lost(pieces, loaded.encoder())
        .ifPresent(lost -> answer.err().println(path + ": " + lost));
    return loaded.score(pieces).stream().map(score -> score.in(path)).toList();
  }

  private static void print(Answers answers, PieceScore score) {
    answers.print(
        score,
        String.format(
            Locale.ROOT,
            "%.4f\t%.4f\t%.4f\t%s\t%s",
            score.logProbability(),
            score.perStep(),
            score.perNote(),
            score.path(),
            score.name()));
  }
}
