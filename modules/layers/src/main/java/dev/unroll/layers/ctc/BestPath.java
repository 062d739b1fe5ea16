package dev.unroll.layers.ctc;

import java.util.Arrays;

/**
 * What the most probable alignment spells: the most probable class at each step, without
 * repetitions and blanks (Graves et al. 2006, section 3.2, best path decoding). It need not be the
 * most probable spelling, whose probability may be spread over many alignments.
 */
public final class BestPath {
  private BestPath() {}

  /**
   * The labels that it spells.
   *
   * @param scores probabilities, or their logarithms, {@code [steps][classes]}
   */
  public static int[] of(float[][] scores) {
    int[] labels = new int[scores.length];
    int count = 0;
    int before = Ctc.BLANK;
    for (float[] step : scores) {
      int best = likeliest(step);
      if (best != Ctc.BLANK && best != before) {
        labels[count++] = best;
      }
      before = best;
    }
    return Arrays.copyOf(labels, count);
  }

  /** The first of the most probable classes. */
  public static int likeliest(float[] step) {
    int best = 0;
    for (int k = 1; k < step.length; k++) {
      best = step[k] > step[best] ? k : best;
    }
    return best;
  }
}
