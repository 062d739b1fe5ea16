package dev.unroll.training;

import dev.unroll.data.NetworkConfig;
import dev.unroll.data.UserError;

/**
 * How fast {@link DynamicEvaluation} learns and forgets.
 *
 * @param rate what a parameter changes by in a segment whose gradient is the usual one
 * @param decay share of the way back to the trained parameters that a parameter goes in a segment,
 *     if its gradients are of average size
 */
public record DynamicRates(double rate, double decay) {
  /** Refuses what would not learn, or not from there on. */
  public DynamicRates {
    if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
      throw UserError.usage("rate must be 0 or above, got " + rate);
    }
    NetworkConfig.share("decay", decay);
  }

  /** What suited a text of characters. */
  public static DynamicRates defaults() {
    return new DynamicRates(0.0005, 0.0003);
  }
}
