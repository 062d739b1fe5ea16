package dev.unroll.speech;

/**
 * An utterance in numbers.
 *
 * @param speeds its normalised frames {@code [frames][width]} as it was spoken, and then, for
 *     training, slower and faster
 * @param labels what is said; empty if nobody wrote it down
 */
record EncodedUtterance(float[][][] speeds, int[] labels) {
  /** The frames as it was spoken. */
  float[][] frames() {
    return speeds[0];
  }
}
