package dev.unroll.layers.ctc;

import java.util.stream.IntStream;

/**
 * Which rows {@code step * batch + example} of a batch are steps of a sequence.
 *
 * @param rows of each sequence, in the order of its steps
 */
record CtcSteps(int[][] rows) {
  /**
   * Reads a mask.
   *
   * @param mask element {@code row}, or null
   */
  static CtcSteps of(float[] mask, int batch, int time) {
    int[][] rows = new int[batch][];
    for (int b = 0; b < batch; b++) {
      int example = b;
      rows[b] =
          IntStream.range(0, time)
              .map(t -> t * batch + example)
              .filter(row -> mask == null || mask[row] != 0)
              .toArray();
    }
    return new CtcSteps(rows);
  }

  /** Refuses labels that need more steps than a sequence has. */
  void requireRoom(int[][] labels) {
    for (int b = 0; b < rows.length; b++) {
      CtcLabels.requireRoom(labels[b], rows[b].length, b);
    }
  }

  /** Whether a row is a step of a sequence. */
  boolean[] present(int count) {
    boolean[] present = new boolean[count];
    for (int[] of : rows) {
      for (int row : of) {
        present[row] = true;
      }
    }
    return present;
  }
}
