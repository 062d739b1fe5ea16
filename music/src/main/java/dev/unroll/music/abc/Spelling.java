package dev.unroll.music.abc;

import static dev.unroll.music.score.PitchClass.OCTAVE;

import dev.unroll.music.score.Key;
import dev.unroll.music.score.PitchClass;
import java.util.HashMap;
import java.util.Map;

/**
 * How pitches are written in a key. It remembers the accidentals of the bar, and writes one
 * whenever a reader might read another pitch without, be it that accidentals hold for all octaves
 * or for one.
 */
final class Spelling {
  private static final int MIDDLE_OCTAVE = 5;

  private Key key;
  private final Map<Character, Integer> everywhere = new HashMap<>();
  private final Map<String, Integer> here = new HashMap<>();

  Spelling(Key key) {
    this.key = key;
  }

  /** Another key, from here on. */
  void change(Key other) {
    key = other;
    barLine();
  }

  /** Accidentals hold for a bar. */
  void barLine() {
    everywhere.clear();
    here.clear();
  }

  /** A note without its length. */
  String write(int pitch) {
    char letter = letter(pitch % OCTAVE);
    int natural = PitchClass.of(letter);
    int alteration = Math.floorMod(pitch - natural + 6, OCTAVE) - 6;
    int octave = Math.floorDiv(pitch - alteration, OCTAVE) - MIDDLE_OCTAVE;
    String place = letter + "" + octave;
    int byKey = key.alteration(letter);
    boolean clear =
        everywhere.getOrDefault(letter, byKey) == alteration
            && here.getOrDefault(place, byKey) == alteration;
    String accidental =
        clear
            ? ""
            : switch (alteration) {
              case 1 -> "^";
              case -1 -> "_";
              default -> "=";
            };
    if (!clear) {
      everywhere.put(letter, alteration);
      here.put(place, alteration);
    }
    return accidental + written(letter, octave);
  }

  private static String written(char letter, int octave) {
    return octave > 0
        ? Character.toLowerCase(letter) + "'".repeat(octave - 1)
        : letter + ",".repeat(-octave);
  }

  /**
   * The letter of a pitch class: one of the key's own, or a natural, or as its signature alters.
   */
  private char letter(int pitchClass) {
    for (char letter : "CDEFGAB".toCharArray()) {
      if (Math.floorMod(PitchClass.of(letter) + key.alteration(letter), OCTAVE) == pitchClass) {
        return letter;
      }
    }
    if (PitchClass.letter(pitchClass) != ' ') {
      return PitchClass.letter(pitchClass);
    }
    return PitchClass.letter(key.sharps() >= 0 ? pitchClass - 1 : pitchClass + 1);
  }
}
