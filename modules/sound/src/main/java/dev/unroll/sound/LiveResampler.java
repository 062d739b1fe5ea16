package dev.unroll.sound;

import java.util.Arrays;

/** A {@link Resampler} of a sound that still comes in; it gives the same samples. */
public final class LiveResampler {
  private final Resampler resampler;

  /** Old samples, of which the first is number {@link #first}. */
  private float[] waiting = new float[0];

  private long first;
  private long given;

  /**
   * A resampler that has heard nothing.
   *
   * @param from samples a second as they come
   * @param to samples a second as they are given
   */
  public LiveResampler(int from, int to) {
    this.resampler = new Resampler(from, to);
  }

  /** Takes more samples, and gives those that do not depend on what is to come. */
  public float[] next(float[] samples) {
    int old = waiting.length;
    waiting = Arrays.copyOf(waiting, old + samples.length);
    System.arraycopy(samples, 0, waiting, old, samples.length);
    return give(resampler.known(first + waiting.length));
  }

  /** Gives the rest, as if silence followed. */
  public float[] end() {
    return give(resampler.length(first + waiting.length));
  }

  private float[] give(long until) {
    float[] samples = new float[(int) Math.max(0, until - given)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = resampler.at(waiting, first, given + i);
    }
    given += samples.length;
    int done = (int) Math.min(waiting.length, Math.max(0, resampler.needed(given) - first));
    waiting = Arrays.copyOfRange(waiting, done, waiting.length);
    first += done;
    return samples;
  }
}
