package dev.unroll.music.abc;

import java.util.Arrays;

/** Notes that begin together, or a rest, while a tune is being read. */
final class Sound {
  private final int[] pitches;
  private final boolean[] tied;
  private final String chord;
  private Fraction length;

  /**
   * @param pitches none for a rest
   * @param tied whether each goes on in the next sound
   * @param chord the chord symbol above it; empty for none
   */
  Sound(int[] pitches, boolean[] tied, Fraction length, String chord) {
    this.pitches = pitches;
    this.tied = tied;
    this.length = length;
    this.chord = chord;
  }

  int[] pitches() {
    return pitches;
  }

  boolean tied(int note) {
    return tied[note];
  }

  void tieAll() {
    Arrays.fill(tied, true);
  }

  String chord() {
    return chord;
  }

  Fraction length() {
    return length;
  }

  void stretch(Fraction by) {
    length = length.times(by);
  }
}
