package dev.unroll.charlm;

/** What a model predicts one at a time. */
public enum Level {
  /** A Unicode code point. */
  CHARACTER("characters"),
  /** A word or punctuation mark; texts end with the line. */
  WORD("words");

  private final String units;

  Level(String units) {
    this.units = units;
  }

  /** What several of them are called. */
  String units() {
    return units;
  }
}
