package dev.unroll.training.vectors;

/**
 * How fast channels change: the slope of the straight line through the steps around each, as speech
 * recognisers compute it (S. Young et al., <i>The HTK Book</i>, 2006, equation 5.16).
 *
 * <pre>
 *   d[t] = Σ n (x[t + n] - x[t - n]) / (2 Σ n²)     n from 1 to the reach
 * </pre>
 *
 * Before the first step and behind the last the channels stay as they are there.
 */
public final class Deltas {
  private Deltas() {}

  /**
   * The slopes, in units of the channel a step.
   *
   * @param sequence {@code [time][channels]}
   * @param reach how many steps are looked at on either side, at least 1
   * @return {@code [time][channels]}
   */
  public static float[][] of(float[][] sequence, int reach) {
    if (reach < 1) {
      throw new IllegalArgumentException("reach must be at least 1, got " + reach);
    }
    float scale = reach * (reach + 1) * (2 * reach + 1) / 3f; // 2 Σ n²
    int last = sequence.length - 1;
    float[][] slopes = new float[sequence.length][];
    for (int t = 0; t <= last; t++) {
      slopes[t] = new float[sequence[t].length];
      for (int n = 1; n <= reach; n++) {
        float[] later = sequence[Math.min(last, t + n)];
        float[] earlier = sequence[Math.max(0, t - n)];
        for (int c = 0; c < slopes[t].length; c++) {
          slopes[t][c] += n * (later[c] - earlier[c]) / scale;
        }
      }
    }
    return slopes;
  }

  /**
   * The channels, and their slopes behind them.
   *
   * @return {@code [time][2 * channels]}
   */
  public static float[][] beside(float[][] sequence, int reach) {
    float[][] slopes = of(sequence, reach);
    float[][] both = new float[sequence.length][];
    for (int t = 0; t < both.length; t++) {
      int channels = sequence[t].length;
      both[t] = new float[2 * channels];
      System.arraycopy(sequence[t], 0, both[t], 0, channels);
      System.arraycopy(slopes[t], 0, both[t], channels, channels);
    }
    return both;
  }
}
