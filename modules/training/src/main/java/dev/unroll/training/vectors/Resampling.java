package dev.unroll.training.vectors;

/** Reads a sequence at other moments than it was measured at, by straight lines between steps. */
public final class Resampling {
  private Resampling() {}

  /**
   * The sequence at given moments.
   *
   * @param sequence {@code [time][channels]}, at least one step
   * @param moments in steps, from 0 to {@code time - 1}; what lies outside is read at the end
   * @return {@code [moments][channels]}
   */
  public static float[][] at(float[][] sequence, double[] moments) {
    int last = sequence.length - 1;
    float[][] read = new float[moments.length][];
    for (int i = 0; i < moments.length; i++) {
      double moment = Math.max(0, Math.min(last, moments[i]));
      int before = (int) moment;
      float share = (float) (moment - before);
      float[] from = sequence[before];
      float[] to = sequence[Math.min(last, before + 1)];
      read[i] = new float[from.length];
      for (int c = 0; c < from.length; c++) {
        read[i][c] = from[c] + share * (to[c] - from[c]);
      }
    }
    return read;
  }

  /** The same sequence in another number of steps, at least 1, from its first to its last. */
  public static float[][] to(float[][] sequence, int steps) {
    double[] moments = new double[steps];
    for (int i = 1; i < steps; i++) {
      moments[i] = (double) i * (sequence.length - 1) / (steps - 1);
    }
    return at(sequence, moments);
  }
}
