package dev.unroll.sound;

/**
 * Changes the rate of a recording with a windowed-sinc filter (J. O. Smith, <i>Digital Audio
 * Resampling</i>, 2002): each new sample is the sum of the old ones around it, weighted by a sinc
 * that ends, by a Kaiser window, after {@value #ZEROS} zeros on each side. Where the new rate is
 * lower the sinc is as much wider, so that nothing above half the new rate is left to be heard as
 * something else.
 */
public final class Resampler {
  private static final int ZEROS = 24;

  /** Of the Kaiser window: about 90 dB between what passes and what does not. */
  private static final double BETA = 9;

  /** Where the filter begins to fall, as a share of half the lower rate. */
  private static final double PASS = 0.945;

  private final int up;
  private final int down;
  private final int reach;

  /** The weights around each of the {@code up} places between two old samples. */
  private final float[][] weights;

  /**
   * A resampler.
   *
   * @param from samples a second now
   * @param to samples a second then
   */
  public Resampler(int from, int to) {
    if (from < 1 || to < 1) {
      throw new IllegalArgumentException("rates are 1 or more, got " + from + " and " + to);
    }
    int common = gcd(from, to);
    up = to / common;
    down = from / common;
    double cutoff = PASS * Math.min(1, (double) up / down);
    double half = ZEROS / cutoff;
    reach = (int) Math.ceil(half);
    weights = new float[up][2 * reach];
    for (int phase = 0; phase < up; phase++) {
      double place = (double) phase / up;
      double sum = 0;
      for (int i = 0; i < 2 * reach; i++) {
        double distance = i - reach + 1 - place;
        double weight = cutoff * sinc(cutoff * distance) * kaiser(distance / half);
        weights[phase][i] = (float) weight;
        sum += weight;
      }
      for (int i = 0; i < 2 * reach; i++) {
        weights[phase][i] /= (float) sum; // silence at 1 stays at 1
      }
    }
  }

  /** A recording at another rate; itself if it has that rate. */
  public static Sound to(int rate, Sound sound) {
    return sound.rate() == rate
        ? sound
        : new Sound(new Resampler(sound.rate(), rate).apply(sound.samples()), rate);
  }

  /**
   * A recording as if it had been spoken faster or slower, in another pitch too (T. Ko, V.
   * Peddinti, D. Povey, S. Khudanpur, <i>Audio Augmentation for Speech Recognition</i>, Interspeech
   * 2015).
   *
   * @param percent 100 for as it is, 90 for slower by a tenth
   */
  public static Sound speed(int percent, Sound sound) {
    return percent == 100
        ? sound
        : new Sound(new Resampler(percent, 100).apply(sound.samples()), sound.rate());
  }

  /** The samples at the new rate; there is silence before and behind the old ones. */
  public float[] apply(float[] samples) {
    float[] resampled = new float[Math.toIntExact(length(samples.length))];
    for (int n = 0; n < resampled.length; n++) {
      resampled[n] = at(samples, 0, n);
    }
    return resampled;
  }

  /** How many new samples so many old ones become. */
  long length(long old) {
    return (old * up + down - 1) / down;
  }

  /** How many new samples depend on no more than so many old ones. */
  long known(long old) {
    return Math.max(0, length(old - reach));
  }

  /** The first old sample on which new ones from number {@code n} on depend. */
  long needed(long n) {
    return n * down / up - reach + 1;
  }

  /**
   * New sample number {@code n}.
   *
   * @param samples old ones
   * @param first the number of the first of them
   */
  float at(float[] samples, long first, long n) {
    long place = n * down;
    int begin = (int) (place / up - reach + 1 - first);
    float[] around = weights[(int) (place % up)];
    int from = Math.max(0, -begin);
    int to = Math.min(around.length, samples.length - begin);
    float sum = 0;
    for (int i = from; i < to; i++) {
      sum += around[i] * samples[begin + i];
    }
    return sum;
  }

  private static double sinc(double x) {
    return Math.abs(x) < 1e-12 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private static double kaiser(double x) {
    return Math.abs(x) > 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
  }

  /** The modified Bessel function of order 0, by its series. */
  private static double bessel(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > 1e-12 * sum; k++) {
      term *= x * x / (4.0 * k * k);
      sum += term;
    }
    return sum;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
