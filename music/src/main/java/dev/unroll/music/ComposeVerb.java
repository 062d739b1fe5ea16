package dev.unroll.music;

import dev.unroll.generation.SamplingConfig;
import dev.unroll.music.score.Key;
import dev.unroll.music.score.Metre;
import dev.unroll.music.score.Score;
import dev.unroll.serving.Arguments;
import dev.unroll.serving.Input;
import dev.unroll.serving.Parameter;
import dev.unroll.serving.SamplingParameters;
import dev.unroll.serving.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Composing as a server offers it, with the settings of the command. */
final class ComposeVerb {
  private static final int MOST_BARS = 64;
  private static final int MOST_ATTEMPTS = 100;
  private static final int LONGEST_NAME = 50;

  private static final String BARS = "bars";
  private static final String START = "start";
  private static final String KEY = "key";
  private static final String METRE = "metre";
  private static final String STYLE = "style";
  private static final String TEMPO = "tempo";
  private static final String VOICES = "voices";
  private static final String RULES = "rules";
  private static final String ATTEMPTS = "attempts";
  private static final String SEED = "seed";

  private ComposeVerb() {}

  /** The verb of a model. */
  static Verb<String> of(MusicModel model) {
    return Verb.writing(
        "compose",
        "Compose a piece, going on from a motif, which may be empty.",
        Input.string("motif", "motifs"),
        parameters(),
        "",
        (motif, given, piece) -> {
          ComposeRequest request =
              request(motif.isBlank() ? null : MusicText.piece(model, motif), given);
          return model.compose(request, piece::accept).toMap(request.seed(), 1);
        });
  }

  private static List<Parameter> parameters() {
    List<Parameter> parameters =
        new ArrayList<>(
            List.of(
                Parameter.integer(
                    BARS, 8, 0, MOST_BARS, "How many bars; 0 for as many as the model takes."),
                Parameter.string(START, LONGEST_NAME, "The first note, such as C4, F#5 or 60."),
                Parameter.string(KEY, LONGEST_NAME, "Such as G, F#m, Bb or Ador."),
                Parameter.string(METRE, LONGEST_NAME, "Such as 6/8."),
                Parameter.string(STYLE, LONGEST_NAME, "One that the model was told in training."),
                Parameter.number(TEMPO, 0, 0, 1000, "Quarter notes a minute; 0 as it comes."),
                Parameter.integer(
                    VOICES,
                    0,
                    0,
                    NoteAlphabet.VOICES,
                    "Most notes that sound together; 0 for as many as the model takes."),
                Parameter.string(
                    RULES,
                    LONGEST_NAME,
                    "What it keeps to: metre, range, full, tonic, with commas."),
                Parameter.integer(ATTEMPTS, 20, 1, MOST_ATTEMPTS, "Most pieces to draw for one."),
                Parameter.integer(
                    SEED, 1, 0, Integer.MAX_VALUE, "Same seed, same model: same piece.")));
    parameters.addAll(SamplingParameters.all());
    return parameters;
  }

  /**
   * What was asked for.
   *
   * @param motif null for none
   */
  private static ComposeRequest request(Score motif, Arguments given) {
    double tempo = given.number(TEMPO);
    return new ComposeRequest(
        named(given, START).map(Pitch::parse),
        Optional.ofNullable(motif),
        given.integer(BARS),
        named(given, KEY).map(Key::parse),
        named(given, METRE).map(Metre::parse),
        given.string(STYLE),
        tempo == 0 ? Optional.empty() : Optional.of(tempo),
        given.integer(VOICES),
        new SamplingConfig(
            given.number(SamplingParameters.TEMPERATURE),
            given.integer(SamplingParameters.TOP_K),
            given.number(SamplingParameters.TOP_P)),
        Rule.named(named(given, RULES).map(names -> List.of(names.split(","))).orElse(List.of())),
        given.integer(ATTEMPTS),
        given.integer(SEED));
  }

  private static Optional<String> named(Arguments given, String name) {
    return Optional.of(given.string(name)).filter(text -> !text.isBlank());
  }
}
