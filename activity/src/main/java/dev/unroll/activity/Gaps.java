package dev.unroll.activity;

import java.util.Arrays;

/**
 * What is missing in a recording, {@code NaN} in its values. A step of which nothing was measured
 * is left out, as a mask would hide it; a value that is missing alone is taken for the last one
 * that was measured, before the first for that one, and in a channel without any for the mean.
 */
final class Gaps {
  private Gaps() {}

  /** The steps of which something was measured. */
  static float[][] measured(float[][] values) {
    int kept = 0;
    float[][] measured = new float[values.length][];
    for (float[] step : values) {
      if (!Numbers.allMissing(step)) {
        measured[kept++] = step;
      }
    }
    return kept == values.length ? values : Arrays.copyOf(measured, kept);
  }

  /**
   * The values without gaps, in new arrays.
   *
   * @param mean of each channel
   */
  static float[][] filled(float[][] values, float[] mean) {
    float[][] filled = new float[values.length][];
    for (int t = 0; t < filled.length; t++) {
      filled[t] = values[t].clone();
    }
    for (int c = 0; filled.length > 0 && c < filled[0].length; c++) {
      float last = firstOf(filled, c, mean[c]);
      for (float[] step : filled) {
        last = Float.isNaN(step[c]) ? last : step[c];
        step[c] = last;
      }
    }
    return filled;
  }

  private static float firstOf(float[][] values, int channel, float otherwise) {
    for (float[] step : values) {
      if (!Float.isNaN(step[channel])) {
        return step[channel];
      }
    }
    return otherwise;
  }
}
