package dev.unroll.sound;

/**
 * The power of each frequency in a frame, by the fast Fourier transform (J. Cooley, J. Tukey 1965).
 * One instance serves one thread.
 */
final class Spectrum {
  private final int size;
  private final float[] cosines;
  private final float[] sines;
  private final int[] reversed;
  private final float[] real;
  private final float[] imaginary;

  /**
   * A transform.
   *
   * @param size values of a frame, a power of 2
   */
  Spectrum(int size) {
    if (size < 2 || Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("the size must be a power of 2 from 2, got " + size);
    }
    this.size = size;
    cosines = new float[size / 2];
    sines = new float[size / 2];
    reversed = new int[size];
    int bits = Integer.numberOfTrailingZeros(size);
    for (int i = 0; i < size / 2; i++) {
      cosines[i] = (float) Math.cos(2 * Math.PI * i / size);
      sines[i] = (float) -Math.sin(2 * Math.PI * i / size);
    }
    for (int i = 0; i < size; i++) {
      reversed[i] = Integer.reverse(i) >>> (32 - bits);
    }
    real = new float[size];
    imaginary = new float[size];
  }

  /** The number of frequencies, from 0 to half the rate. */
  int bins() {
    return size / 2 + 1;
  }

  /**
   * {@code |X|²} of each frequency.
   *
   * @param frame at most {@code size} values; zeros follow
   * @param power room for {@link #bins}
   */
  void power(float[] frame, float[] power) {
    for (int i = 0; i < size; i++) {
      int from = reversed[i];
      real[i] = from < frame.length ? frame[from] : 0;
      imaginary[i] = 0;
    }
    for (int half = 1; half < size; half *= 2) {
      int step = size / (2 * half);
      for (int block = 0; block < size; block += 2 * half) {
        for (int i = 0; i < half; i++) {
          int a = block + i;
          int b = a + half;
          float c = cosines[i * step];
          float s = sines[i * step];
          float re = real[b] * c - imaginary[b] * s;
          float im = real[b] * s + imaginary[b] * c;
          real[b] = real[a] - re;
          imaginary[b] = imaginary[a] - im;
          real[a] += re;
          imaginary[a] += im;
        }
      }
    }
    for (int k = 0; k < bins(); k++) {
      power[k] = real[k] * real[k] + imaginary[k] * imaginary[k];
    }
  }
}
