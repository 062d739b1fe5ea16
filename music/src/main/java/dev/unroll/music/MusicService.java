package dev.unroll.music;

import dev.unroll.music.score.Metre;
import dev.unroll.music.score.Note;
import dev.unroll.music.score.Score;
import dev.unroll.serving.Arguments;
import dev.unroll.serving.Input;
import dev.unroll.serving.Parameter;
import dev.unroll.serving.ServedModel;
import dev.unroll.serving.Tab;
import dev.unroll.serving.TaskService;
import dev.unroll.serving.Verb;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a server offers of the task. */
public final class MusicService implements TaskService {
  private static final String MELODY =
      "X:1\nT:A melody\nM:4/4\nL:1/4\nK:C\nC D E G|A G E2|F E D G|C4|]\n";

  private static final int MOST_BEAM = 32;

  private static final String VOICES = "voices";
  private static final String BEAM = "beam";

  @Override
  public String task() {
    return "music";
  }

  @Override
  public String summary() {
    return "A model of music train, which composes and judges pieces.";
  }

  @Override
  public String mainClass() {
    return "dev.unroll.music.Music";
  }

  @Override
  public ServedModel load(Path file) {
    MusicModel model = MusicModel.load(file);
    List<Verb<?>> verbs =
        new ArrayList<>(List.of(score(model), explain(model), ComposeVerb.of(model)));
    if (model.config().notation() == Notation.ROLL) {
      verbs.add(harmonise(model));
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("notation", model.config().notation());
    facts.put("metres", model.encoder().table().metres().stream().map(Metre::toString).toList());
    facts.put("styles", styles(model));
    facts.put("melody", MELODY);
    return new ServedModel(verbs, facts);
  }

  /** The styles that may be asked for. */
  private static List<String> styles(MusicModel model) {
    return List.of(model.config().conditions()).contains(Header.Condition.STYLE)
        ? model.encoder().table().styles()
        : List.of();
  }

  private static Verb<String> score(MusicModel model) {
    return Verb.reading(
        "score",
        "Say how probable pieces are: ABC, a piano roll in JSON, or a MIDI file in Base64.",
        Input.string("music", "musics"),
        List.of(),
        MELODY,
        text -> MusicText.pieces(model, text),
        (pieces, arguments) -> model.score(pieces));
  }

  private static Verb<String> explain(MusicModel model) {
    return Verb.reading(
        "explain",
        "Say of each note of pieces when it sounds and how surprising it is.",
        Input.string("music", "musics"),
        List.of(),
        MELODY,
        text -> MusicText.pieces(model, text),
        (pieces, arguments) -> pieces.stream().map(piece -> model.explain(piece).toMap()).toList());
  }

  private static Verb<String> harmonise(MusicModel model) {
    return Verb.writing(
        "harmonise",
        "Add voices below a melody, which is what is highest in a piece.",
        Input.string("melody", "melodies"),
        List.of(
            Parameter.integer(BEAM, 8, 1, MOST_BEAM, "Beginnings that the search keeps."),
            Parameter.integer(
                VOICES,
                0,
                0,
                Note.PITCHES,
                "Most notes that sound together; 0 for as many as the model takes.")),
        MELODY,
        (melody, given, piece) -> harmonised(model, MusicText.piece(model, melody), given, piece));
  }

  private static Harmonised harmonised(
      MusicModel model, Score melody, Arguments given, Consumer<Object> piece) {
    int steps = (melody.length() - 1) / model.config().step() + 1;
    Score score =
        model.harmonise(
            melody,
            given.integer(BEAM),
            given.integer(VOICES),
            step -> piece.accept(Map.of("step", step, "of", steps)));
    return Harmonised.of(score, 1);
  }

  @Override
  public Tab tab() {
    return new Tab("Music", 90, MusicService.class, List.of("roll.js", "tab.js"));
  }
}
