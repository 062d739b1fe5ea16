package dev.unroll.music;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.UserError;
import dev.unroll.generation.SamplingConfig;
import dev.unroll.music.score.Key;
import dev.unroll.music.score.Metre;
import dev.unroll.music.score.Note;
import dev.unroll.music.score.Score;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What piece is wanted of a model.
 *
 * @param start the pitch of the first note, if it is given
 * @param motif what the piece begins with, if it is given
 * @param bars how many; 0 for as many as the model takes
 * @param key of the piece, if it is given
 * @param metre of the piece, if it is given
 * @param style of the piece; empty if it is not given
 * @param tempo quarter notes a minute, if it is given
 * @param voices most notes that sound together; 0 for as many as the model takes
 * @param sampling how a symbol is drawn
 * @param rules what the piece has to keep to
 * @param attempts most pieces that are drawn until one keeps to the rules
 * @param seed of what is drawn: the same seed gives the same piece
 */
public record ComposeRequest(
    Optional<Integer> start,
    Optional<Score> motif,
    int bars,
    Optional<Key> key,
    Optional<Metre> metre,
    String style,
    Optional<Double> tempo,
    int voices,
    SamplingConfig sampling,
    Set<Rule> rules,
    int attempts,
    long seed) {
  private static final int MOST_BARS = 1000;

  /** Refuses what cannot be asked for. */
  public ComposeRequest {
    if (start.isPresent() && motif.isPresent()) {
      throw UserError.usage(
          "a piece begins with %s or with %s, not both"
              .formatted(setting("start"), setting("motif")));
    }
    start.ifPresent(pitch -> within("start", pitch, 0, Note.PITCHES - 1));
    within("bars", bars, 0, MOST_BARS);
    within("voices", voices, 0, NoteAlphabet.VOICES);
    within("attempts", attempts, 1, MOST_BARS);
    tempo.ifPresent(
        value -> {
          if (!(value >= 4 && value <= 1000)) {
            throw UserError.usage(setting("tempo") + " must be from 4 to 1000, got " + value);
          }
        });
    rules = rules.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(rules));
  }

  /** Refuses a setting that is out of range. */
  static void within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw UserError.usage(
          "%s must be from %d to %d, got %d".formatted(setting(name), least, most, value));
    }
  }

  /** So many bars of whatever the model likes. */
  public static ComposeRequest ofBars(int bars, long seed) {
    return new ComposeRequest(
        Optional.empty(),
        Optional.empty(),
        bars,
        Optional.empty(),
        Optional.empty(),
        "",
        Optional.empty(),
        0,
        SamplingConfig.defaults(),
        Set.of(),
        1,
        seed);
  }

  /** The same drawn in another way. */
  public ComposeRequest withSampling(SamplingConfig other) {
    return new ComposeRequest(
        start, motif, bars, key, metre, style, tempo, voices, other, rules, attempts, seed);
  }

  /** The same with another seed. */
  public ComposeRequest withSeed(long other) {
    return new ComposeRequest(
        start, motif, bars, key, metre, style, tempo, voices, sampling, rules, attempts, other);
  }
}
