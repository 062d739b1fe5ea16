package dev.unroll.translation;

import static dev.unroll.data.NetworkConfig.atLeast;
import static dev.unroll.data.UserError.setting;

import dev.unroll.data.UserError;
import dev.unroll.generation.BeamSearch;

/**
 * How a translation is searched for.
 *
 * @param beam how many unfinished translations are followed at once; 1 takes the likeliest symbol
 *     each time
 * @param lengthPenalty {@code α} of Wu et al. 2016, equation 14: 0 prefers short translations, 1
 *     about the mean log-probability of a symbol
 * @param coveragePenalty {@code β} of the same equation: how much is held against a translation for
 *     source symbols that it hardly looked at; 0 for none
 * @param nBest how many translations to answer with, at most {@code beam}
 * @param alignments whether to say what the decoder looked at
 * @param maxLength most symbols of a translation; 0 for as many as the length of its source allows
 */
public record SearchConfig(
    int beam,
    double lengthPenalty,
    double coveragePenalty,
    int nBest,
    boolean alignments,
    int maxLength) {
  /** Refuses what cannot be searched. */
  public SearchConfig {
    BeamSearch.checkWidth(beam, 1);
    notNegative("length-penalty", lengthPenalty);
    notNegative("coverage-penalty", coveragePenalty);
    atLeast(setting("n-best"), nBest, 1);
    if (nBest > beam) {
      throw UserError.usage(
          "%s must be at most %s, which is %d, got %d"
              .formatted(setting("n-best"), setting("beam"), beam, nBest));
    }
    atLeast(setting("max-length"), maxLength, 0);
  }

  private static void notNegative(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw UserError.usage(setting(name) + " must be 0 or above and finite, got " + value);
    }
  }

  /** The likeliest symbol each time: the fastest. */
  public static SearchConfig greedy() {
    return new SearchConfig(1, 0, 0, 1, false, 0);
  }

  /** Five at once, compared by the mean log-probability of their symbols. */
  public static SearchConfig defaults() {
    return new SearchConfig(5, 1, 0, 1, false, 0);
  }
}
