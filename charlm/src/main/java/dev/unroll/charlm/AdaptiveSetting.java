package dev.unroll.charlm;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.UserError;
import dev.unroll.generation.Symbols;
import dev.unroll.layers.output.AdaptiveCutoffs;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What {@link CharLmConfig#adaptiveSoftmax} says: {@code none}, {@code auto}, or cutoffs, the
 * number of symbols before each tail, such as {@code 2000,10000}.
 *
 * @param chosen whether cutoffs are known, rather than to be chosen for a text
 * @param cutoffs none for a full softmax
 */
record AdaptiveSetting(boolean chosen, List<Integer> cutoffs) {
  static final AdaptiveSetting NONE = new AdaptiveSetting(true, List.of());
  private static final AdaptiveSetting AUTO = new AdaptiveSetting(false, List.of());
  private static final String KEY = "adaptive-softmax";

  static AdaptiveSetting parse(String text) {
    switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "", "none":
        return NONE;
      case "auto":
        return AUTO;
      default:
    }
    try {
      List<Integer> cutoffs =
          Arrays.stream(text.split(",", -1)).map(part -> Integer.valueOf(part.strip())).toList();
      for (int i = 0; i < cutoffs.size(); i++) {
        if (cutoffs.get(i) <= (i == 0 ? 0 : cutoffs.get(i - 1))) {
          throw refused(text);
        }
      }
      return new AdaptiveSetting(true, cutoffs);
    } catch (NumberFormatException e) {
      throw refused(text);
    }
  }

  private static UserError refused(String text) {
    return UserError.usage(
        "%s must be none, auto or ascending numbers of words such as 2000,10000, got '%s'"
            .formatted(KEY, text));
  }

  /** Refuses what makes no sense with it. */
  void check(Level level, boolean tied) {
    if (!equals(NONE) && level != Level.WORD) {
      throw UserError.usage(
          "%s is for words, of which there are many; add %s word, or leave it out"
              .formatted(setting(KEY), setting("level")));
    }
    if (!equals(NONE) && tied) {
      throw UserError.usage(
          "%s predicts rare words with shorter vectors than they are read with; leave out %s"
              .formatted(setting(KEY), setting("tied")));
    }
  }

  /**
   * The cutoffs for a vocabulary.
   *
   * @param symbols how many there are
   * @throws UserError if a tail would have none of them
   */
  List<Integer> cutoffs(int symbols) {
    if (!chosen) {
      throw new IllegalStateException("cutoffs are to be chosen for a text first");
    }
    if (!cutoffs.isEmpty() && cutoffs.get(cutoffs.size() - 1) >= symbols) {
      throw UserError.usage(
          "%s must be below the number of symbols, %d, got %s; take smaller numbers, or auto"
              .formatted(setting(KEY), symbols, this));
    }
    return cutoffs;
  }

  /**
   * Itself, or the cutoffs that suit a text where they are to be chosen; maybe none.
   *
   * @param text its symbols, of which the last is the most frequent and the others are numbered by
   *     falling frequency
   * @param symbols how many there are
   * @param width of the state
   */
  AdaptiveSetting choose(Symbols text, int symbols, int width) {
    if (chosen) {
      return this;
    }
    long[] counts = new long[symbols];
    text.iterator().forEachRemaining((int symbol) -> counts[(symbol + 1) % symbols]++);
    int[] best = AdaptiveCutoffs.of(counts, width);
    return new AdaptiveSetting(true, Arrays.stream(best).boxed().toList());
  }

  @Override
  public String toString() {
    if (!chosen) {
      return "auto";
    }
    return cutoffs.isEmpty()
        ? "none"
        : cutoffs.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
