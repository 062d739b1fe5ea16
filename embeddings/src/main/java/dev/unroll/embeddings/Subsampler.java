package dev.unroll.embeddings;

import java.util.SplittableRandom;

/**
 * Drops frequent words at random, so that "the" does not fill every window. A word of relative
 * frequency f stays with probability (√(f/t) + 1)·t/f, where t is the threshold: what word2vec
 * computes, which is not quite the formula of its paper.
 */
final class Subsampler {
  private static final double UNIT = 0x1p-24;

  /** Of 2^24 draws, how many keep the word. */
  private final int[] kept;

  /**
   * @param threshold word2vec's {@code sample}; 0 keeps every word
   */
  Subsampler(Lexicon lexicon, double threshold) {
    kept = new int[lexicon.size()];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = (int) (probability(lexicon, threshold, i) / UNIT);
    }
  }

  static double probability(Lexicon lexicon, double threshold, int word) {
    if (threshold == 0) {
      return 1;
    }
    double ratio = lexicon.count(word) / (threshold * lexicon.total());
    return Math.min(1, (Math.sqrt(ratio) + 1) / ratio);
  }

  boolean keeps(int word, SplittableRandom random) {
    return random.nextInt() >>> 8 < kept[word];
  }
}
