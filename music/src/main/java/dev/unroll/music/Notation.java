package dev.unroll.music;

/** How music is written as symbols, one after the other. */
public enum Notation {
  /** The best for what is trained on: piano rolls as {@link #ROLL}, all else as {@link #EVENTS}. */
  AUTO,
  /** Step by step, which pitches sound, from low to high. */
  ROLL,
  /** Moment by moment, which notes begin, who plays them and how long. */
  EVENTS,
  /** The characters of a tune in ABC. */
  ABC
}
