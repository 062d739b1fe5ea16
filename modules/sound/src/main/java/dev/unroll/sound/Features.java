package dev.unroll.sound;

/**
 * Reads features off recordings.
 *
 * <pre>
 *   samples   → as one rate → less 0.97 of the one before → frames × Hamming window
 *   a frame   → |FFT|² → mel bands → log                              log-mel
 *                                        → cosine transform           MFCC (Davis and Mermelstein 1980)
 * </pre>
 *
 * <p>A frame that would begin before the last sample but end behind it is left out; a recording
 * that is shorter than one frame is one frame, filled up with silence. One instance serves any
 * number of threads.
 */
public final class Features {
  /** What silence has; a sample is at least 3e-5 in 16 bits. */
  private static final double SILENCE = 1e-10;

  private final FeatureConfig config;
  private final int size;
  private final MelBands bands;
  private final float[] window;
  private final float[][] cosines;

  /** For these settings. */
  public Features(FeatureConfig config) {
    this.config = config;
    int length = config.frameSamples();
    size = Math.max(2, Integer.highestOneBit(2 * length - 1));
    bands =
        new MelBands(
            config.mels(), size / 2 + 1, config.sampleRate(), 0, config.sampleRate() / 2.0);
    window = new float[length];
    for (int i = 0; i < length; i++) {
      window[i] = (float) (0.54 - 0.46 * Math.cos(2 * Math.PI * i / (length - 1)));
    }
    cosines = config.features() == FeatureConfig.Kind.MFCC ? cosines() : new float[0][];
  }

  /** The cosine transform of type 2, orthonormal. */
  private float[][] cosines() {
    int mels = config.mels();
    float[][] rows = new float[config.coefficients()][mels];
    for (int k = 0; k < rows.length; k++) {
      double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / mels);
      for (int i = 0; i < mels; i++) {
        rows[k][i] = (float) (scale * Math.cos(Math.PI * k * (2 * i + 1) / (2.0 * mels)));
      }
    }
    return rows;
  }

  /** What was asked for. */
  public FeatureConfig config() {
    return config;
  }

  /** How many frames so many samples, at the rate of the features, have; at least 1. */
  public int frames(int samples) {
    return 1 + Math.max(0, samples - config.frameSamples()) / config.stepSamples();
  }

  /** The features of a recording at any rate, {@code [frames][width]}. */
  public float[][] of(Sound sound) {
    return of(Resampler.to(config.sampleRate(), sound).samples());
  }

  /** The same of samples that have the rate of the features. */
  public float[][] of(float[] samples) {
    return of(samples, 0, frames(samples.length));
  }

  /**
   * Some frames of a longer recording.
   *
   * @param samples at the rate of the features; silence follows
   * @param first where the first frame begins; the sample before it counts
   * @param count how many frames
   */
  public float[][] of(float[] samples, int first, int count) {
    Spectrum spectrum = new Spectrum(size);
    float[] frame = new float[window.length];
    float[] power = new float[spectrum.bins()];
    float[][] features = new float[count][];
    for (int t = 0; t < count; t++) {
      int from = first + t * config.stepSamples();
      for (int i = 0; i < frame.length; i++) {
        frame[i] = window[i] * emphasised(samples, from + i);
      }
      spectrum.power(frame, power);
      features[t] = cepstrum(logarithms(power));
    }
    return features;
  }

  private float emphasised(float[] samples, int i) {
    if (i >= samples.length) {
      return 0;
    }
    float before = i == 0 ? 0 : samples[i - 1];
    return samples[i] - (float) config.preemphasis() * before;
  }

  private float[] logarithms(float[] power) {
    float[] logs = new float[bands.count()];
    for (int band = 0; band < logs.length; band++) {
      logs[band] = (float) Math.log(Math.max(SILENCE, bands.energy(band, power)));
    }
    return logs;
  }

  private float[] cepstrum(float[] logs) {
    if (config.features() == FeatureConfig.Kind.LOG_MEL) {
      return logs;
    }
    float[] coefficients = new float[cosines.length];
    for (int k = 0; k < coefficients.length; k++) {
      double sum = 0;
      for (int i = 0; i < logs.length; i++) {
        sum += (double) cosines[k][i] * logs[i];
      }
      coefficients[k] = (float) sum;
    }
    return coefficients;
  }
}
