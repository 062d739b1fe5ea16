package dev.unroll.music;

import static dev.unroll.data.UserError.setting;
import static dev.unroll.music.score.PitchClass.OCTAVE;

import dev.unroll.data.UserError;
import dev.unroll.music.score.Note;
import dev.unroll.music.score.PitchClass;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pitches by name. */
final class Pitch {
  private static final Pattern NAME = Pattern.compile("([A-Ga-g])([#b]?)(-?\\d)");

  private Pitch() {}

  /**
   * The pitch of a name such as {@code C4}, which is 60, {@code F#5} or {@code Bb3}, or of a
   * number.
   *
   * @throws UserError if it names none
   */
  static int parse(String name) {
    Matcher matcher = NAME.matcher(name.strip());
    int pitch = -1;
    if (matcher.matches()) {
      char letter = matcher.group(1).toUpperCase(Locale.ROOT).charAt(0);
      int altered = matcher.group(2).equals("#") ? 1 : matcher.group(2).isEmpty() ? 0 : -1;
      pitch = OCTAVE * (1 + Integer.parseInt(matcher.group(3))) + PitchClass.of(letter) + altered;
    } else if (name.strip().matches("\\d{1,3}")) {
      pitch = Integer.parseInt(name.strip());
    }
    if (pitch < 0 || pitch >= Note.PITCHES) {
      throw UserError.usage(
          "%s must be a note such as C4, F#5 or Bb3, or a MIDI number from 0 to 127, got '%s'"
              .formatted(setting("start"), name));
    }
    return pitch;
  }
}
