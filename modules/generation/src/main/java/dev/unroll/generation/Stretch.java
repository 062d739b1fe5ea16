package dev.unroll.generation;

import dev.unroll.layers.forward.Steps;
import java.util.List;

/**
 * A stretch of encoded text to read and to predict: at step {@code t} the network reads {@code
 * symbols[from + t]} and is to say {@code symbols[from + t + 1]}.
 *
 * @param symbols shared by all stretches of one text
 * @param from index of the first symbol that is read
 * @param length number of steps, 0 or more
 */
public record Stretch(int[] symbols, int from, int length) {
  /** Refuses a stretch beyond its sequence. */
  public Stretch {
    if (from < 0 || length < 0 || from + length >= symbols.length) {
      throw new IllegalArgumentException(
          "steps " + from + " to " + (from + length) + " of " + symbols.length + " symbols");
    }
  }

  /** A whole text. */
  public static Stretch of(int[] symbols) {
    return new Stretch(symbols, 0, symbols.length - 1);
  }

  /** What a network reads of stretches side by side: {@code [stretches, 1, time]}. */
  public static Steps steps(List<Stretch> stretches) {
    int[] lengths = stretches.stream().mapToInt(Stretch::length).toArray();
    return Steps.of(lengths, 1, (row, t, feature) -> stretches.get(row).input(t));
  }

  /** The symbol that is read at step {@code t}. */
  public int input(int t) {
    return symbols[from + t];
  }

  /** The symbol that comes next. */
  public int target(int t) {
    return symbols[from + t + 1];
  }
}
