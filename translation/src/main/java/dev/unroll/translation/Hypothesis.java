package dev.unroll.translation;

import dev.unroll.generation.NetworkSymbols;

/**
 * The beginning of a translation, or a whole one: a symbol, and what comes before it.
 *
 * @param before null of the empty beginning, which has no symbol either
 * @param symbol the last one
 * @param length number of symbols, the end included
 * @param logProbability of all of them
 * @param alignment how much was looked at each symbol of the source for this symbol; empty if
 *     nobody asks
 */
record Hypothesis(
    Hypothesis before, int symbol, int length, double logProbability, float[] alignment) {
  /** No symbol yet. */
  static final Hypothesis EMPTY = new Hypothesis(null, -1, 0, 0, new float[0]);

  /** All symbols, the first one first. */
  int[] symbols() {
    int[] symbols = new int[length];
    for (Hypothesis at = this; at.before != null; at = at.before) {
      symbols[at.length - 1] = at.symbol;
    }
    return symbols;
  }

  /** The alignments of all symbols, {@code [length][]}. */
  float[][] alignments() {
    float[][] alignments = new float[length][];
    for (Hypothesis at = this; at.before != null; at = at.before) {
      alignments[at.length - 1] = at.alignment;
    }
    return alignments;
  }

  /**
   * What is held against a translation for what it hardly looked at: {@code Σⱼ log min(Σᵢ aᵢⱼ, 1)},
   * 0 or below.
   *
   * @param sourceLength symbols of the source
   */
  double coverage(int sourceLength) {
    double[] looked = new double[sourceLength];
    for (Hypothesis at = this; at.before != null; at = at.before) {
      for (int j = 0; j < sourceLength; j++) {
        looked[j] += at.alignment[j];
      }
    }
    double sum = 0;
    for (double share : looked) {
      sum += NetworkSymbols.log((float) Math.min(share, 1));
    }
    return sum;
  }
}
