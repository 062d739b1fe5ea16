package dev.unroll.sound;

/**
 * Adds up a spectrum in bands that are as wide as the ear hears: triangles that overlap by half,
 * evenly spaced on the mel scale {@code 2595 log10(1 + f / 700)} (S. Davis, P. Mermelstein 1980;
 * O'Shaughnessy's formula).
 */
final class MelBands {
  private final int[] first;
  private final float[][] weights;

  /**
   * Bands.
   *
   * @param count how many
   * @param bins frequencies of the spectrum, from 0 to half the rate
   * @param lowest where the first triangle begins, in Hz
   * @param highest where the last one ends, in Hz
   */
  MelBands(int count, int bins, int rate, double lowest, double highest) {
    first = new int[count];
    weights = new float[count][];
    double low = mel(lowest);
    double step = (mel(highest) - low) / (count + 1);
    double hertz = rate / 2.0 / (bins - 1);
    for (int band = 0; band < count; band++) {
      double left = hertz(low + band * step);
      double middle = hertz(low + (band + 1) * step);
      double right = hertz(low + (band + 2) * step);
      int from = (int) Math.ceil(left / hertz);
      int to = Math.min(bins - 1, (int) Math.floor(right / hertz));
      first[band] = from;
      weights[band] = new float[Math.max(0, to - from + 1)];
      for (int i = 0; i < weights[band].length; i++) {
        double f = (from + i) * hertz;
        weights[band][i] =
            (float) Math.min((f - left) / (middle - left), (right - f) / (right - middle));
      }
    }
  }

  private static double mel(double hertz) {
    return 2595 * Math.log10(1 + hertz / 700);
  }

  private static double hertz(double mel) {
    return 700 * (Math.pow(10, mel / 2595) - 1);
  }

  /** How many there are. */
  int count() {
    return first.length;
  }

  /** The sum of a band. */
  double energy(int band, float[] power) {
    double sum = 0;
    float[] of = weights[band];
    for (int i = 0; i < of.length; i++) {
      sum += (double) of[i] * power[first[band] + i];
    }
    return sum;
  }
}
