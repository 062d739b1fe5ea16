package dev.unroll.sound;

import java.util.SplittableRandom;

/**
 * Hides stripes of a spectrogram, so that a network learns to do without any of them (D. Park et
 * al., <i>SpecAugment: A Simple Data Augmentation Method for Automatic Speech Recognition</i>,
 * Interspeech 2019, section 2; without time warping).
 *
 * @param times stripes of time
 * @param timeWidth most frames of a stripe of time; never more than a fifth of all
 * @param bands stripes of frequency
 * @param bandWidth most bands of a stripe of frequency
 */
public record SpectrumMask(int times, int timeWidth, int bands, int bandWidth) {
  private static final int SHARE = 5;

  /** Receives what is to be hidden. */
  @FunctionalInterface
  public interface Hidden {
    /** Hides the bands {@code fromBand} to {@code toBand - 1} of some frames. */
    void hide(int fromFrame, int toFrame, int fromBand, int toBand);
  }

  /** Draws the stripes of one recording. */
  public void draw(int frames, int width, SplittableRandom random, Hidden hidden) {
    int longest = Math.min(timeWidth, frames / SHARE);
    for (int i = 0; i < times && longest > 0; i++) {
      int length = random.nextInt(longest + 1);
      int from = random.nextInt(frames - length + 1);
      hidden.hide(from, from + length, 0, width);
    }
    int widest = Math.min(bandWidth, width);
    for (int i = 0; i < bands && widest > 0; i++) {
      int length = random.nextInt(widest + 1);
      int from = random.nextInt(width - length + 1);
      hidden.hide(0, frames, from, from + length);
    }
  }
}
