package dev.unroll.speech;

import dev.unroll.sound.SpectrumMask;
import dev.unroll.training.Variation;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * An utterance a little different in every epoch: slower, faster or as it was, with stripes of time
 * and of frequency hidden behind the mean.
 */
record UtteranceVariation(SpectrumMask mask) implements Variation<EncodedUtterance> {
  @Override
  public EncodedUtterance vary(EncodedUtterance utterance, SplittableRandom random) {
    float[][][] speeds = utterance.speeds();
    float[][] frames = speeds[random.nextInt(speeds.length)].clone();
    for (int t = 0; t < frames.length; t++) {
      frames[t] = frames[t].clone();
    }
    mask.draw(
        frames.length,
        frames[0].length,
        random,
        (fromFrame, toFrame, fromBand, toBand) -> {
          for (int t = fromFrame; t < toFrame; t++) {
            Arrays.fill(frames[t], fromBand, toBand, 0);
          }
        });
    return new EncodedUtterance(new float[][][] {frames}, utterance.labels());
  }
}
