package dev.unroll.embeddings;

import java.util.SplittableRandom;

/**
 * Draws words with probability proportional to count^0.75 (Mikolov et al. 2013, "Distributed
 * Representations of Words and Phrases", section 2.2). The original looks into a table of 10⁸
 * entries, 400 MB, and misses the cache with every draw; this is the alias method (Walker 1977,
 * Vose 1991): exact, 8 bytes a word, one draw of random bits, one comparison.
 */
final class NegativeSampler {
  static final double POWER = 0.75;
  private static final int THRESHOLD_BITS = 31;

  /** Of the draws that fall on a word, the share of 2^31 that stays there. */
  private final int[] thresholds;

  /** Where the rest goes. */
  private final int[] aliases;

  NegativeSampler(Lexicon lexicon) {
    int n = lexicon.size();
    double[] weights = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      weights[i] = Math.pow(lexicon.count(i), POWER);
      sum += weights[i];
    }
    thresholds = new int[n];
    aliases = new int[n];
    fill(weights, n / sum);
  }

  private void fill(double[] weights, double scale) {
    int n = weights.length;
    int[] queue = new int[n]; // words below the mean from the front, those above from the back
    int small = 0;
    int large = n;
    for (int i = 0; i < n; i++) {
      weights[i] *= scale;
      aliases[i] = i;
      thresholds[i] = Integer.MAX_VALUE;
      queue[weights[i] < 1 ? small++ : --large] = i;
    }
    while (small > 0 && large < n) {
      int poor = queue[--small];
      int rich = queue[large];
      thresholds[poor] = (int) (weights[poor] * (1L << THRESHOLD_BITS));
      aliases[poor] = rich;
      weights[rich] -= 1 - weights[poor];
      if (weights[rich] < 1) {
        large++;
        queue[small++] = rich;
      }
    }
  }

  /** The index of a word. */
  int draw(SplittableRandom random) {
    long bits = random.nextLong();
    int word = (int) ((bits >>> 32) * thresholds.length >>> 32);
    return ((int) bits & Integer.MAX_VALUE) < thresholds[word] ? word : aliases[word];
  }
}
