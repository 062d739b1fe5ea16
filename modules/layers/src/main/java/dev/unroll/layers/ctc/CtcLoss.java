package dev.unroll.layers.ctc;

import java.util.stream.IntStream;

/** The loss of {@link Ctc} for who has the probabilities of the classes already. */
public final class CtcLoss {
  private CtcLoss() {}

  /**
   * {@code -log} of the probability of all alignments that spell some labels, in nats.
   *
   * @param logs natural logarithms of the probabilities, {@code [steps][classes]}
   * @param labels classes from 1, of at most as many steps as there are: {@link
   *     CtcLabels#leastSteps}
   */
  public static double of(float[][] logs, int... labels) {
    int classes = logs.length == 0 ? 1 : logs[0].length;
    float[] all = new float[Math.multiplyExact(logs.length, classes)];
    for (int t = 0; t < logs.length; t++) {
      System.arraycopy(logs[t], 0, all, t * classes, classes);
    }
    int[] rows = IntStream.range(0, logs.length).toArray();
    return new FloatCtc(all, classes, new int[][] {rows}, new int[][] {labels}).losses()[0];
  }
}
