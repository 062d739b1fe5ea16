package dev.unroll.music;

import dev.unroll.music.score.Metre;
import java.util.List;

/**
 * What a model has symbols for because its training part had it.
 *
 * @param metres those that pieces begin with
 * @param styles of pieces
 * @param characters of tunes in ABC, as code points
 */
record SymbolTable(List<Metre> metres, List<String> styles, List<Integer> characters) {
  SymbolTable {
    metres = List.copyOf(metres);
    styles = List.copyOf(styles);
    characters = List.copyOf(characters);
  }

  /**
   * Itself, as it was read from a file.
   *
   * @throws IllegalArgumentException if there is something that no piece has
   */
  SymbolTable checked() {
    if (characters.stream().anyMatch(character -> !Character.isValidCodePoint(character))) {
      throw new IllegalArgumentException("a character that there is not");
    }
    return this;
  }
}
