package dev.unroll.training.vectors;

/**
 * Makes one step of several, so that a recurrent network has fewer to go (as in H. Sak et al.,
 * <i>Fast and Accurate Recurrent Neural Network Acoustic Models</i>, 2015).
 *
 * <pre>
 *   steps of one channel   1 2 3 4 5     by twos   (1 2) (3 4) (5 5)
 * </pre>
 *
 * The last step is repeated where there are too few.
 */
public final class Stacking {
  private Stacking() {}

  /** The number of steps that {@code steps} become, by {@code count} a time. */
  public static int steps(int steps, int count) {
    return (steps + count - 1) / count;
  }

  /**
   * The stacked steps.
   *
   * @param sequence {@code [time][channels]}
   * @param count how many steps become one, at least 1
   * @return {@code [steps(time, count)][count * channels]}, the earlier step first
   */
  public static float[][] of(float[][] sequence, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("steps are stacked by 1 or more, not by " + count);
    }
    float[][] stacked = new float[steps(sequence.length, count)][];
    for (int s = 0; s < stacked.length; s++) {
      int channels = sequence[s * count].length;
      stacked[s] = new float[count * channels];
      for (int i = 0; i < count; i++) {
        float[] step = sequence[Math.min(sequence.length - 1, s * count + i)];
        System.arraycopy(step, 0, stacked[s], i * channels, channels);
      }
    }
    return stacked;
  }
}
