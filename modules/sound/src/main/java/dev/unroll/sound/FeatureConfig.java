package dev.unroll.sound;

import dev.unroll.data.NetworkConfig;
import dev.unroll.data.UserError;

/**
 * What is read off a recording.
 *
 * @param features logarithms of mel bands, or cepstral coefficients made of them
 * @param sampleRate to which every recording is brought, in samples a second
 * @param mels bands
 * @param coefficients cepstral coefficients that are kept, if those are the features
 * @param frame milliseconds that a frame lasts
 * @param step milliseconds from the beginning of one frame to that of the next
 * @param preemphasis what is taken off a sample for the one before it, so that high tones count
 */
public record FeatureConfig(
    Kind features,
    int sampleRate,
    int mels,
    int coefficients,
    double frame,
    double step,
    double preemphasis) {
  /** What a frame holds. */
  public enum Kind {
    /** The logarithm of the energy of each mel band. */
    LOG_MEL,
    /** Mel frequency cepstral coefficients. */
    MFCC
  }

  private static final int LEAST_RATE = 4000;
  private static final int MOST_RATE = 96_000;
  private static final int MOST_MELS = 256;

  /** Refuses what cannot be computed. */
  public FeatureConfig {
    NetworkConfig.atLeast("sample-rate", sampleRate, LEAST_RATE);
    atMost("sample-rate", sampleRate, MOST_RATE);
    NetworkConfig.atLeast("mels", mels, 1);
    atMost("mels", mels, MOST_MELS);
    NetworkConfig.atLeast("coefficients", coefficients, 1);
    if (features == Kind.MFCC) {
      atMost("coefficients", coefficients, mels);
    }
    if (!(frame >= 5 && frame <= 200)) {
      throw UserError.usage("frame must be from 5 to 200 milliseconds, got " + frame);
    }
    if (!(step >= 1 && step <= 200)) {
      throw UserError.usage("step must be from 1 to 200 milliseconds, got " + step);
    }
    NetworkConfig.share("preemphasis", preemphasis);
  }

  private static void atMost(String key, int value, int most) {
    if (value > most) {
      throw UserError.usage(key + " must be at most " + most + ", got " + value);
    }
  }

  /** 40 mel bands of 16 kHz, a frame of 25 ms every 10 ms. */
  public static FeatureConfig defaults() {
    return new FeatureConfig(Kind.LOG_MEL, 16_000, 40, 13, 25, 10, 0.97);
  }

  /** The number of values of a frame. */
  public int width() {
    return features == Kind.MFCC ? coefficients : mels;
  }

  /** Samples that a frame lasts. */
  public int frameSamples() {
    return (int) Math.round(frame * sampleRate / 1000);
  }

  /** Samples from one frame to the next. */
  public int stepSamples() {
    return Math.max(1, (int) Math.round(step * sampleRate / 1000));
  }
}
