package dev.unroll.music;

/**
 * How probable a model finds a piece.
 *
 * @param path of its file
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
    double perNote) {}
