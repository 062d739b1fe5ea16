package dev.unroll.music;

import static dev.unroll.data.NetworkConfig.atLeast;
import static dev.unroll.data.NetworkConfig.probability;
import static dev.unroll.data.NetworkConfig.share;
import static dev.unroll.data.UserError.setting;
import static dev.unroll.music.score.PitchClass.OCTAVE;

import dev.unroll.data.NetworkConfig;
import dev.unroll.data.Settings;
import dev.unroll.data.TrainingConfig;
import dev.unroll.data.UserError;
import dev.unroll.generation.KneserNey;
import dev.unroll.music.score.Score;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * All that shapes a model of music and its training, checked. {@link Settings} turns it into
 * properties and back; a preset is a small file of overrides.
 *
 * @param network the recurrent layers, in one direction
 * @param training how it is trained; {@code batch} is the number of streams
 * @param window steps through which errors are carried back
 * @param dimensions of a symbol's vector
 * @param tied whether symbols are read and predicted with the same vectors, as long as the state
 * @param embeddingDropout probability with which a symbol's vector loses a value while training
 * @param notation how music is written as symbols
 * @param grid steps of a quarter note, a divisor of {@value Score#QUARTER}; 0 for what suits the
 *     notation: 24 for events, 4 for rolls. A step of a piano-roll file is one of these
 * @param condition what a piece begins with: {@code none}, or of {@code key}, {@code metre} and
 *     {@code style} those that the model is told, with commas between
 * @param transpose how many semitones a piece is moved at most, up or down, anew in every epoch
 * @param devFraction share of the training data that is split off where there is no dev data; 0 for
 *     none
 * @param baselineOrder length of the n-grams of the model to compare with; 0 for none
 */
public record MusicConfig(
    NetworkConfig network,
    TrainingConfig training,
    int window,
    int dimensions,
    boolean tied,
    double embeddingDropout,
    Notation notation,
    int grid,
    String condition,
    int transpose,
    double devFraction,
    int baselineOrder) {
  private static final int EVENTS_GRID = 24;
  private static final int ROLL_GRID = 4;

  /** Refuses what no model could be built from. */
  public MusicConfig {
    if (network.bidirectional()) {
      throw UserError.usage(
          "bidirectional must be false: a model that reads what comes next need not predict it");
    }
    atLeast("window", window, 1);
    if (tied) {
      dimensions = network.hidden();
    }
    atLeast("dimensions", dimensions, 1);
    probability("embedding-dropout", embeddingDropout);
    if (grid < 0 || grid > 0 && Score.QUARTER % grid != 0) {
      throw UserError.usage(
          "grid must be a divisor of %d, such as 1, 2, 4 or 24, or 0 for what suits; got %d"
              .formatted(Score.QUARTER, grid));
    }
    condition = String.join(",", names(parse(condition)));
    if (transpose < 0 || transpose > OCTAVE) {
      throw UserError.usage("transpose must be from 0 to 12 semitones, got " + transpose);
    }
    share("dev-fraction", devFraction);
    atLeast("baseline-order", baselineOrder, 0);
    if (baselineOrder > KneserNey.LARGEST_ORDER) {
      throw UserError.usage(
          "baseline-order must be at most " + KneserNey.LARGEST_ORDER + ", got " + baselineOrder);
    }
  }

  /** For some hundred pieces. */
  public static MusicConfig defaults() {
    return new MusicConfig(
        new NetworkConfig(NetworkConfig.Cell.LSTM, 2, 256, false, 0.3),
        Settings.with(
            TrainingConfig.defaults(),
            Map.of("learning-rate", "0.003", "clip", "1", "epochs", "40", "schedule", "cosine")),
        128,
        64,
        false,
        0,
        Notation.AUTO,
        0,
        "key,metre,style",
        6,
        0.1,
        5);
  }

  /** The defaults with some settings replaced; keys are those of {@link #toProperties()}. */
  public static MusicConfig with(Map<String, String> overrides) {
    return Settings.with(defaults(), overrides);
  }

  /** All settings by key. */
  public Map<String, String> toProperties() {
    return Settings.toMap(this);
  }

  /** The same with nothing left to choose. */
  MusicConfig chosen(boolean rolls) {
    Notation chosen =
        notation == Notation.AUTO ? (rolls ? Notation.ROLL : Notation.EVENTS) : notation;
    return Settings.with(
        this,
        Map.of(
            "notation",
            chosen.name().toLowerCase(Locale.ROOT),
            "grid",
            String.valueOf(grid > 0 ? grid : chosen == Notation.ROLL ? ROLL_GRID : EVENTS_GRID)));
  }

  /** Ticks of a time step, once the grid is chosen. */
  int step() {
    return Score.QUARTER / grid;
  }

  /** Ticks of a step of a piano-roll file. */
  int rollStep() {
    return Score.QUARTER / (grid > 0 ? grid : ROLL_GRID);
  }

  /** What the model is told of a piece. */
  Header.Condition[] conditions() {
    return parse(condition);
  }

  private static Header.Condition[] parse(String condition) {
    if (condition.isBlank() || condition.strip().equals("none")) {
      return new Header.Condition[0];
    }
    return Arrays.stream(condition.split(","))
        .map(
            name ->
                Settings.constant(setting("condition"), name.strip(), Header.Condition.values()))
        .distinct()
        .sorted()
        .toArray(Header.Condition[]::new);
  }

  private static String[] names(Header.Condition[] conditions) {
    return conditions.length == 0
        ? new String[] {"none"}
        : Arrays.stream(conditions)
            .map(condition -> condition.name().toLowerCase(Locale.ROOT))
            .toArray(String[]::new);
  }
}
