package dev.unroll.music.score;

/** The seven modes of the diatonic scale. */
public enum Mode {
  /** Also called Ionian. */
  MAJOR(0, "", "major"),
  /** Natural minor, also called Aeolian. */
  MINOR(3, "m", "minor"),
  /** The second degree of a major scale is the tonic. */
  DORIAN(2, "dor", "dorian"),
  /** The third. */
  PHRYGIAN(4, "phr", "phrygian"),
  /** The fourth. */
  LYDIAN(-1, "lyd", "lydian"),
  /** The fifth. */
  MIXOLYDIAN(1, "mix", "mixolydian"),
  /** The seventh. */
  LOCRIAN(5, "loc", "locrian");

  private final int fifths;
  private final String suffix;
  private final String word;

  Mode(int fifths, String suffix, String word) {
    this.fifths = fifths;
    this.suffix = suffix;
    this.word = word;
  }

  /** How many fifths the tonic is above that of the major key with the same signature. */
  int fifths() {
    return fifths;
  }

  /** What ABC writes behind the tonic. */
  String suffix() {
    return suffix;
  }

  /** Its name. */
  String word() {
    return word;
  }
}
