package dev.unroll.majority;

import dev.unroll.data.NetworkConfig;
import dev.unroll.data.Settings;
import dev.unroll.data.TrainingConfig;
import java.util.Map;

/**
 * What there is to set.
 *
 * @param training of which only the seed matters
 * @param minCount occurrences below which a label is not learnt
 * @param devFraction share of the training data for dev
 */
record MajorityConfig(TrainingConfig training, int minCount, double devFraction) {
  MajorityConfig {
    NetworkConfig.atLeast("min-count", minCount, 1);
    NetworkConfig.share("dev-fraction", devFraction);
  }

  static MajorityConfig with(Map<String, String> overrides) {
    return Settings.with(new MajorityConfig(TrainingConfig.defaults(), 1, 0.25), overrides);
  }
}
