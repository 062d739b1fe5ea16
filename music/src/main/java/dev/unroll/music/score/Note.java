package dev.unroll.music.score;

import java.util.Comparator;

/**
 * A note that sounds.
 *
 * @param voice who plays it, an index into {@link Score#voices()}
 * @param pitch as MIDI counts: 60 is the middle c, from 0 to 127
 * @param start in ticks, {@value Score#QUARTER} a quarter note
 * @param length in ticks, at least 1
 */
public record Note(int voice, int pitch, int start, int length) implements Comparable<Note> {
  /** The number of pitches. */
  public static final int PITCHES = 128;

  private static final Comparator<Note> ORDER =
      Comparator.comparingInt(Note::start)
          .thenComparingInt(Note::voice)
          .thenComparingInt(Note::pitch);

  /** Refuses what no instrument plays. */
  public Note {
    if (voice < 0 || pitch < 0 || pitch >= PITCHES || start < 0 || length < 1) {
      throw new IllegalArgumentException(
          "voice %d, pitch %d, from %d on, %d ticks".formatted(voice, pitch, start, length));
    }
  }

  /** The tick behind its last. */
  public int end() {
    return start + length;
  }

  /** By start, then voice, then from low to high. */
  @Override
  public int compareTo(Note other) {
    return ORDER.compare(this, other);
  }
}
