package dev.unroll.music;

/** The formats that music is read from. */
public enum PieceFormat {
  /** Standard MIDI files of type 0 or 1. */
  MIDI,
  /** ABC, one or more tunes in a file. */
  ABC,
  /** A piano roll as JSON: pieces of steps of pitches. */
  ROLL
}
