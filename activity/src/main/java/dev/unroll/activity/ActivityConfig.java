package dev.unroll.activity;

import static dev.unroll.data.NetworkConfig.atLeast;
import static dev.unroll.data.NetworkConfig.probability;
import static dev.unroll.data.NetworkConfig.share;
import static dev.unroll.data.UserError.setting;

import dev.unroll.data.NetworkConfig;
import dev.unroll.data.Settings;
import dev.unroll.data.TrainingConfig;
import dev.unroll.data.UserError;
import dev.unroll.training.Pooling;
import dev.unroll.training.vectors.AugmentationConfig;
import java.util.Map;

/**
 * All that shapes a recogniser and its training, checked. {@link Settings} turns it into properties
 * and back; a preset is a small file of overrides.
 *
 * @param network the recurrent layers
 * @param training how it is trained
 * @param augmentation how recordings differ from epoch to epoch
 * @param inputDropout probability with which a value of a step is dropped while training
 * @param pooling what the classifier sees of the steps of a recording
 * @param deltas over how many steps on either side the slope of each channel is taken, which is
 *     read beside it; 0 for none
 * @param stack how many steps the network reads as one
 * @param skeleton the figure that the channels are joints of, see {@link Skeleton#of}, or {@code
 *     none}
 * @param boneLengths the lengths of a skeleton's bones differ from epoch to epoch, by up to e to
 *     this
 * @param devFraction share of the training data that is split off where there is no dev data; 0 for
 *     none
 */
public record ActivityConfig(
    NetworkConfig network,
    TrainingConfig training,
    AugmentationConfig augmentation,
    double inputDropout,
    Pooling pooling,
    int deltas,
    int stack,
    String skeleton,
    double boneLengths,
    double devFraction) {

  /** Refuses what no recogniser could be built from. */
  public ActivityConfig {
    probability("input-dropout", inputDropout);
    atLeast("deltas", deltas, 0);
    atLeast("stack", stack, 1);
    if (!(boneLengths >= 0 && boneLengths <= 1)) {
      throw UserError.usage(
          "%s must be from 0 to 1, got %s".formatted(setting("bone-lengths"), boneLengths));
    }
    if (boneLengths > 0 && skeleton.equals(Skeleton.NONE)) {
      throw UserError.usage(
          "%s is of figures; say of which with %s, or give 0"
              .formatted(setting("bone-lengths"), setting("skeleton")));
    }
    share("dev-fraction", devFraction);
  }

  /** For tens to hundreds of recordings of some seconds. */
  public static ActivityConfig defaults() {
    return new ActivityConfig(
        new NetworkConfig(NetworkConfig.Cell.LSTM, 1, 64, true, 0.5),
        Settings.with(
            TrainingConfig.defaults(),
            Map.of("epochs", "60", "batch", "16", "learning-rate", "0.002", "patience", "0")),
        new AugmentationConfig(0.2, 0.3, 0.1, 0, 0, 0, 0),
        0,
        Pooling.MAX_MEAN,
        1,
        1,
        Skeleton.NONE,
        0,
        0.1);
  }

  /** The defaults with some settings replaced; keys are those of {@link #toProperties()}. */
  public static ActivityConfig with(Map<String, String> overrides) {
    return Settings.with(defaults(), overrides);
  }

  /** All settings by key. */
  public Map<String, String> toProperties() {
    return Settings.toMap(this);
  }

  /** Whether the channels are the joints of a figure. */
  public boolean hasSkeleton() {
    return !skeleton.equals(Skeleton.NONE);
  }
}
