package dev.unroll.music.score;

/** The pitches of an octave, from 0 for c to 11 for b. */
public final class PitchClass {
  /** Semitones of an octave. */
  public static final int OCTAVE = 12;

  private static final String NATURALS = "C D EF G A B";

  private PitchClass() {}

  /** That of a letter from A to G, without an accidental. */
  public static int of(char letter) {
    return NATURALS.indexOf(letter);
  }

  /** The letter of a pitch class; a space for one that only an accidental can write. */
  public static char letter(int pitchClass) {
    return NATURALS.charAt(pitchClass);
  }
}
