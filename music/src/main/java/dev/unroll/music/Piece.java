package dev.unroll.music;

import dev.unroll.music.score.Score;

/**
 * A piece to learn from, or one that was composed.
 *
 * @param score what sounds
 * @param abc as it was written, if that was in ABC: the fields {@code M:}, {@code L:} and {@code
 *     K:} and the music; empty otherwise
 * @param part of the collection that it belongs to
 */
public record Piece(Score score, String abc, Part part) {
  /** The parts into which some files divide their pieces. */
  public enum Part {
    /** The file does not say. */
    NONE,
    /** To learn from. */
    TRAIN,
    /** To choose by. */
    DEV,
    /** To report on. */
    TEST
  }

  /** A piece of which nothing else is known. */
  public Piece(Score score) {
    this(score, "", Part.NONE);
  }

  /**
   * The same so many semitones higher, to be written anew; as it is where there is no room for
   * that.
   */
  Piece transposed(int semitones) {
    int[] room = score.room();
    return semitones == 0 || semitones < room[0] || semitones > room[1]
        ? this
        : new Piece(score.transposed(semitones), "", part);
  }
}
