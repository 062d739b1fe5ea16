package dev.unroll.music.score;

/**
 * Who plays a line of notes.
 *
 * @param name such as {@code melody}; may be empty
 * @param program the instrument as General MIDI numbers it, from 0 (a piano) to 127
 */
public record Voice(String name, int program) {
  /** A piano without a name. */
  public static final Voice PIANO = new Voice("", 0);

  /** Refuses instruments that there are not. */
  public Voice {
    if (program < 0 || program > 127) {
      throw new IllegalArgumentException("instrument " + program);
    }
  }
}
