package dev.unroll.training.vectors;

import dev.unroll.training.Standardisation;
import dev.unroll.training.Variation;
import java.util.SplittableRandom;

/**
 * Sequences of vectors a little different in every epoch: faster, slower, stronger, noisier, with a
 * channel missing, cut shorter (T. T. Um et al., <i>Data Augmentation of Wearable Sensor Data</i>,
 * 2017).
 *
 * <pre>
 *   time       crop, then tempo and time warp, read by straight lines between steps
 *   channels   gain and offset, the same at all steps; dropout
 *   values     jitter
 * </pre>
 *
 * @param config how much of each
 * @param scale the mean and the standard deviation of each channel
 */
public record Augmentation(AugmentationConfig config, Standardisation scale)
    implements Variation<float[][]> {
  /** Places at which the speed changes under a time warp, its ends included. */
  private static final int KNOTS = 6;

  /** Fewer steps than these are left as they are. */
  private static final int SHORTEST = 4;

  @Override
  public float[][] vary(float[][] sequence, SplittableRandom random) {
    boolean timing = config.tempo() > 0 || config.timeWarp() > 0 || config.crop() > 0;
    float[][] timed =
        timing && sequence.length > SHORTEST ? retimed(sequence, random) : copy(sequence);
    channels(timed, random);
    if (config.jitter() > 0) {
      for (float[] step : timed) {
        for (int c = 0; c < step.length; c++) {
          step[c] += (float) (config.jitter() * random.nextGaussian() * scale.deviation()[c]);
        }
      }
    }
    return timed;
  }

  private float[][] retimed(float[][] sequence, SplittableRandom random) {
    int left = sequence.length;
    int kept = (int) Math.ceil(left * (1 - config.crop() * random.nextDouble()));
    kept = Math.max(SHORTEST, Math.min(left, kept));
    int from = random.nextInt(left - kept + 1);
    int steps =
        Math.max(SHORTEST, (int) Math.round(kept * Math.exp(around(config.tempo(), random))));
    double[] knots = warp(random);
    double[] moments = new double[steps];
    for (int i = 0; i < steps; i++) {
      double place = (double) i / (steps - 1) * (KNOTS - 1);
      int knot = Math.min(KNOTS - 2, (int) place);
      double share = knots[knot] + (place - knot) * (knots[knot + 1] - knots[knot]);
      moments[i] = from + share * (kept - 1);
    }
    return Resampling.at(sequence, moments);
  }

  /** What share of the sequence has been read at each knot, from 0 to 1. */
  private double[] warp(SplittableRandom random) {
    double[] knots = new double[KNOTS];
    for (int i = 1; i < KNOTS; i++) {
      knots[i] = knots[i - 1] + Math.exp(around(config.timeWarp(), random));
    }
    for (int i = 1; i < KNOTS; i++) {
      knots[i] /= knots[KNOTS - 1];
    }
    return knots;
  }

  private void channels(float[][] sequence, SplittableRandom random) {
    for (int c = 0; c < scale.channels(); c++) {
      float factor = (float) (1 + config.gain() * random.nextGaussian());
      float shift = (float) (config.offset() * random.nextGaussian() * scale.deviation()[c]);
      boolean dropped = random.nextDouble() < config.channelDropout();
      for (float[] step : sequence) {
        step[c] = dropped ? scale.mean()[c] : step[c] * factor + shift;
      }
    }
  }

  private static float[][] copy(float[][] sequence) {
    float[][] copy = new float[sequence.length][];
    for (int t = 0; t < copy.length; t++) {
      copy[t] = sequence[t].clone();
    }
    return copy;
  }

  private static double around(double reach, SplittableRandom random) {
    return reach * (2 * random.nextDouble() - 1);
  }
}
