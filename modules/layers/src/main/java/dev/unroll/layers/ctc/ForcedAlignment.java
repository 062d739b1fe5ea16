package dev.unroll.layers.ctc;

import java.util.Arrays;

/**
 * Where labels stand in a sequence: the most probable alignment among those that spell them
 * (Viterbi's algorithm over the states of {@link ReferenceCtc}).
 *
 * @param first of each label, the step at which it is first said
 * @param last of each label, the step at which it is last said
 * @param logProbability of this one alignment, in nats
 */
public record ForcedAlignment(int[] first, int[] last, double logProbability) {

  /**
   * Aligns.
   *
   * @param logs natural logarithms of probabilities, {@code [steps][classes]}
   * @throws IllegalArgumentException if there are fewer steps than {@link CtcLabels#leastSteps}
   */
  public static ForcedAlignment of(float[][] logs, int[] labels) {
    CtcLabels.requireRoom(labels, logs.length, 0);
    if (logs.length == 0) {
      return new ForcedAlignment(new int[0], new int[0], 0);
    }
    int[] states = ReferenceCtc.states(labels);
    double[] best = new double[states.length];
    int[][] back = new int[logs.length][states.length];
    for (int t = 0; t < logs.length; t++) {
      double[] next = new double[states.length];
      for (int s = 0; s < states.length; s++) {
        int from = t == 0 ? s : predecessor(best, states, s);
        double before = t > 0 ? best[from] : s < 2 ? 0 : Double.NEGATIVE_INFINITY;
        next[s] = before + logs[t][states[s]];
        back[t][s] = from;
      }
      best = next;
    }
    int end = states.length - 1;
    int state = end > 0 && best[end - 1] > best[end] ? end - 1 : end;
    double probability = best[state];
    int[] first = new int[labels.length];
    int[] last = new int[labels.length];
    Arrays.fill(last, -1);
    for (int t = logs.length - 1; t >= 0; t--) {
      if (state % 2 == 1) {
        int label = state / 2;
        first[label] = t;
        last[label] = last[label] < 0 ? t : last[label];
      }
      state = back[t][state];
    }
    return new ForcedAlignment(first, last, probability);
  }

  private static int predecessor(double[] best, int[] states, int s) {
    int from = s;
    if (s > 0 && best[s - 1] > best[from]) {
      from = s - 1;
    }
    if (ReferenceCtc.skips(states, s) && best[s - 2] > best[from]) {
      from = s - 2;
    }
    return from;
  }
}
