package dev.unroll.activity;

/**
 * A recording in numbers.
 *
 * @param values {@code [time][channels]}, without gaps; no step if nothing was measured
 * @param label the index of its activity, or {@link #UNLABELLED}
 */
public record Motion(float[][] values, int label) {
  /** The label of a recording whose activity is to be found. */
  public static final int UNLABELLED = -1;
}
