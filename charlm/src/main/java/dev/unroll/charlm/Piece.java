package dev.unroll.charlm;

import java.util.List;

/**
 * A piece of a text that a model writes.
 *
 * @param text mostly a symbol; the prime text comes as one piece
 * @param alternatives the likeliest symbols in its place, by the model's own distribution before
 *     temperature and the like; empty if none were asked for, if they were not drawn but searched
 *     for, and for the prime text
 */
public record Piece(String text, List<Alternative> alternatives) {
  /**
   * A symbol that might have come.
   *
   * @param text of the symbol
   * @param probability that the model gives to it
   */
  public record Alternative(String text, double probability) {}
}
