package dev.unroll.music;

import java.nio.file.Path;

/**
 * How probable a model finds a piece.
 *
 * @param path of its file; empty if it is in none
 * @param name of the piece
 * @param steps time steps that were counted
 * @param notes that were counted
 * @param logProbability natural logarithm of its probability
 * @param perStep the same, by the number of steps
 * @param perNote the same, by the number of notes
 */
public record PieceScore(
    String path,
    String name,
    long steps,
    long notes,
    double logProbability,
    double perStep,
    double perNote) {
  /** What the scores of one piece alone say. */
  static PieceScore of(String name, MusicScores score) {
    return new PieceScore(
        "",
        name,
        score.steps(),
        score.notes(),
        -score.nats(),
        score.steps() == 0 ? 0 : -score.natsPerStep(),
        score.notes() == 0 ? 0 : -score.natsPerNote());
  }

  /** The same of a piece in a file. */
  PieceScore in(Path file) {
    return new PieceScore(file.toString(), name, steps, notes, logProbability, perStep, perNote);
  }
}
