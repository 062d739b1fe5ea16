package dev.unroll.music.score;

import static dev.unroll.data.UserError.setting;
import static dev.unroll.music.score.PitchClass.OCTAVE;

import dev.unroll.data.UserError;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key: its signature and which of the seven modes.
 *
 * @param sharps of the signature, from -7 (seven flats) to 7
 * @param mode which note of the scale is the tonic
 */
public record Key(int sharps, Mode mode) {
  /** No sharps, no flats, major. */
  public static final Key C = new Key(0, Mode.MAJOR);

  /** The letters in the order in which signatures gain sharps. */
  private static final String FIFTHS = "FCGDAEB";

  private static final int MOST = 7;
  private static final int FIFTH = 7;
  private static final Pattern NAME = Pattern.compile("\\s*([A-Ga-g])\\s*([#b]?)\\s*([A-Za-z]*)");

  /** Refuses signatures that nobody writes. */
  public Key {
    if (Math.abs(sharps) > MOST) {
      throw new IllegalArgumentException(sharps + " sharps in a signature");
    }
  }

  /**
   * The key of a name such as {@code G}, {@code F#m}, {@code Bb minor} or {@code Ador}; empty if it
   * names none.
   */
  public static Optional<Key> of(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return mode(matcher.group(3))
        .flatMap(
            mode -> {
              int accidental =
                  switch (matcher.group(2)) {
                    case "#" -> MOST;
                    case "b" -> -MOST;
                    default -> 0;
                  };
              int letter = FIFTHS.indexOf(matcher.group(1).toUpperCase(Locale.ROOT)) - 1;
              int sharps = letter + accidental - mode.fifths();
              return Math.abs(sharps) > MOST
                  ? Optional.empty()
                  : Optional.of(new Key(sharps, mode));
            });
  }

  /**
   * The key of a name.
   *
   * @throws UserError if it names none
   */
  public static Key parse(String name) {
    return of(name)
        .orElseThrow(
            () ->
                UserError.usage(
                    setting("key")
                        + " must be a tonic and perhaps a mode, such as G, F#m, Bb or Ador, got '"
                        + name
                        + "'"));
  }

  private static Optional<Mode> mode(String name) {
    if (name.isEmpty()) {
      return Optional.of(Mode.MAJOR);
    }
    if (name.equals("m") || name.equals("M")) {
      return Optional.of(name.equals("m") ? Mode.MINOR : Mode.MAJOR);
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "ionian", "ion" -> Optional.of(Mode.MAJOR);
      case "aeolian", "aeo" -> Optional.of(Mode.MINOR);
      default ->
          Arrays.stream(Mode.values())
              .filter(mode -> lower.length() >= 3 && mode.word().startsWith(lower))
              .findFirst();
    };
  }

  /** The pitch class of the tonic, 0 for c to 11 for b. */
  public int tonic() {
    return Math.floorMod(FIFTH * (sharps + mode.fifths()), OCTAVE);
  }

  /** How the signature alters a letter: -1 for a flat, 1 for a sharp. */
  public int alteration(char letter) {
    int place = FIFTHS.indexOf(letter);
    if (sharps > 0) {
      return place < sharps ? 1 : 0;
    }
    return place >= MOST + sharps ? -1 : 0;
  }

  /** The same mode so many semitones higher, by the signature with fewer accidentals. */
  public Key transposed(int semitones) {
    int moved = Math.floorMod(sharps + FIFTH * semitones, OCTAVE);
    return new Key(moved > OCTAVE / 2 ? moved - OCTAVE : moved, mode);
  }

  /** As ABC writes it. */
  @Override
  public String toString() {
    int place = sharps + mode.fifths() + 1;
    String accidental = place >= MOST ? "#" : place < 0 ? "b" : "";
    return FIFTHS.charAt(Math.floorMod(place, MOST)) + accidental + mode.suffix();
  }
}
