package dev.unroll.embeddings;

/**
 * A word and how near it is.
 *
 * @param word of the vocabulary
 * @param similarity cosine of the angle between the vectors, from −1 to 1
 */
public record Neighbour(String word, double similarity) {}
