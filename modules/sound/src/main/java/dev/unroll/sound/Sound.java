package dev.unroll.sound;

import java.util.Arrays;

/**
 * A recording of one channel.
 *
 * @param samples from -1 to 1, as a rule
 * @param rate samples a second
 */
public record Sound(float[] samples, int rate) {
  /** Refuses a rate that is none. */
  public Sound {
    if (rate < 1) {
      throw new IllegalArgumentException("a rate is 1 or more samples a second, got " + rate);
    }
  }

  /** How long it takes. */
  public double seconds() {
    return (double) samples.length / rate;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sound that && rate == that.rate && Arrays.equals(samples, that.samples);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(samples) + rate;
  }

  @Override
  public String toString() {
    return samples.length + " samples, " + rate + " a second";
  }
}
