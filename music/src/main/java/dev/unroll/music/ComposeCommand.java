package dev.unroll.music;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.data.UserError;
import dev.unroll.music.score.Key;
import dev.unroll.music.score.Metre;
import dev.unroll.music.score.Score;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets a model compose. */
@Command(name = "compose", description = "Compose pieces, from a note, a motif or nothing.")
final class ComposeCommand implements Runnable {
  private static final int MOST = 100_000;

  @Mixin private NetworkModelOptions model;
  @Mixin private SamplingOptions sampling;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--start",
      paramLabel = "NOTE",
      description = "The first note, such as C4, F#5 or 60.")
  private String start;

  @Option(
      names = "--motif",
      paramLabel = "FILE",
      description = "Music to begin with: MIDI, ABC or a piano roll of one piece.")
  private Path motif;

  @Option(
      names = "--bars",
      paramLabel = "N",
      description = "How many bars; 0 for as many as the model takes.")
  private int bars;

  @Option(names = "--key", paramLabel = "KEY", description = "Such as G, F#m, Bb or Ador.")
  private String key;

  @Option(names = "--metre", paramLabel = "N/N", description = "Such as 6/8.")
  private String metre;

  @Option(
      names = "--style",
      paramLabel = "NAME",
      description = "One of the styles that the model was told in training.")
  private String style = "";

  @Option(names = "--tempo", paramLabel = "N", description = "Quarter notes a minute.")
  private Double tempo;

  @Option(
      names = "--voices",
      paramLabel = "N",
      description = "Most notes that sound together; 0 for as many as the model takes.")
  private int voices;

  @Option(
      names = "--rules",
      paramLabel = "metre|range|full|tonic",
      split = ",",
      description =
          "Draw again until a piece keeps to these, with commas between: bars that add up, which"
              + " only a model of ABC can miss; notes within the range of the training part; no empty"
              + " bar; an end on the tonic.")
  private List<String> rules = List.of();

  @Option(
      names = "--attempts",
      paramLabel = "N",
      description = "Most pieces to draw for one; default: ${DEFAULT-VALUE}.")
  private int attempts = 20;

  @Option(names = "--count", paramLabel = "N", description = "How many pieces to compose.")
  private int count = 1;

  @Option(names = "--seed", paramLabel = "N", description = "Same seed, same model: same piece.")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write: .mid, .abc, .wav or .json; without it, ABC is printed.")
  private Path out;

  @Override
  public void run() {
    if (count < 1 || count > MOST) {
      throw UserError.usage("--count must be from 1 to %,d, got %d".formatted(MOST, count));
    }
    Optional<ScoreFormat> format = Optional.ofNullable(out).map(ScoreFormat::of);
    if (count > 1 && format.filter(ScoreFormat::isOfOne).isPresent()) {
      throw UserError.usage(
          "%s holds one piece; give --count 1, or a file that ends with .abc or .json"
              .formatted(out));
    }
    if (out != null) {
      model.outputs().fileOrStream(out);
    }
    MusicModel loaded = MusicModel.load(model.model());
    ComposeRequest request = request(loaded);
    Answers answers = answer.answers();
    List<Score> scores = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Composition piece = loaded.compose(request.withSeed(seed + i));
      scores.add(piece.score().named(Composition.name(seed + i)));
      answer(piece, i, answers);
    }
    format.ifPresent(as -> as.write(scores, loaded.config().step(), out));
  }

  private void answer(Composition piece, int place, Answers answers) {
    answer.err().println(story(piece));
    if (answer.json()) {
      answers.print(piece.toMap(seed + place, place + 1), "");
    } else if (out == null) {
      String abc = piece.abc(seed + place, place + 1);
      answers.text((place > 0 ? "\n" : "") + abc.stripTrailing());
    }
    answers.flush();
  }

  private ComposeRequest request(MusicModel loaded) {
    return new ComposeRequest(
        Optional.ofNullable(start).map(Pitch::parse),
        Optional.ofNullable(motif).map(file -> motif(file, loaded)),
        bars,
        Optional.ofNullable(key).map(Key::parse),
        Optional.ofNullable(metre).map(Metre::parse),
        style,
        Optional.ofNullable(tempo),
        voices,
        sampling.config(),
        Rule.named(rules),
        attempts,
        seed);
  }

  private Score motif(Path file, MusicModel loaded) {
    List<Piece> pieces = PieceFiles.asked(file, loaded, answer.err()::println);
    if (pieces.size() != 1) {
      throw UserError.data(file, "a motif is one piece, found " + pieces.size());
    }
    return pieces.get(0).score();
  }

  /** How a piece came about. */
  private static String story(Composition piece) {
    StringBuilder story = new StringBuilder();
    story.append(piece.draws() == 1 ? "drawn once" : "drawn " + piece.draws() + " times");
    if (piece.redrawnBars() > 0) {
      story.append("; %d bars of it again".formatted(piece.redrawnBars()));
    }
    piece.refused().forEach((why, times) -> story.append("; %d %s".formatted(times, why)));
    piece.broken().forEach(rule -> story.append("; THIS ONE STILL ").append(rule.broken()));
    piece
        .nearest()
        .ifPresent(
            near ->
                story.append(
                    "; shares at most %d of its %d notes in a row with the training part: '%s'"
                        .formatted(near.notes(), near.of(), near.piece())));
    return story.toString();
  }
}
