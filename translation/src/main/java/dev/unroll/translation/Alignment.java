package dev.unroll.translation;

import java.util.List;

/**
 * What the decoder looked at while it wrote.
 *
 * @param source the symbols of the source, its end the last
 * @param target the symbols of the translation, its end the last if it was reached
 * @param weights {@code [target][source]}: how much of its attention went to each symbol of the
 *     source; a row adds up to 1
 */
public record Alignment(List<String> source, List<String> target, float[][] weights) {
  /** Refuses weights of another shape. */
  public Alignment {
    source = List.copyOf(source);
    target = List.copyOf(target);
    if (weights.length != target.size()) {
      throw new IllegalArgumentException(weights.length + " rows for " + target);
    }
    for (float[] row : weights) {
      if (row.length != source.size()) {
        throw new IllegalArgumentException(row.length + " columns for " + source);
      }
    }
  }
}
