package dev.unroll.training.vectors;

import static dev.unroll.data.NetworkConfig.share;

import dev.unroll.data.UserError;

/**
 * How much a sequence of vectors is changed each time a training reads it; 0 leaves it alone.
 *
 * @param tempo how much faster or slower it may get as a whole: 0.2 for up to e^0.2 = 1.22 times
 * @param timeWarp the same within it, piece by piece, at the same length
 * @param gain standard deviation of a factor around 1 for each channel
 * @param offset standard deviation of what is added to each channel, in the channel's own
 * @param jitter the same for each value
 * @param channelDropout probability with which a channel is taken for its mean
 * @param crop largest share of the steps that is cut off, at both ends together
 */
public record AugmentationConfig(
    double tempo,
    double timeWarp,
    double gain,
    double offset,
    double jitter,
    double channelDropout,
    double crop) {

  /** Refuses what would leave nothing of a sequence. */
  public AugmentationConfig {
    moderate("tempo", tempo);
    moderate("time-warp", timeWarp);
    moderate("gain", gain);
    moderate("offset", offset);
    moderate("jitter", jitter);
    share("channel-dropout", channelDropout);
    share("crop", crop);
  }

  /** Every sequence as it is. */
  public static AugmentationConfig none() {
    return new AugmentationConfig(0, 0, 0, 0, 0, 0, 0);
  }

  private static void moderate(String key, double value) {
    if (!(value >= 0 && value <= 2)) {
      throw UserError.usage(key + " must be from 0 to 2, got " + value);
    }
  }
}
