package dev.unroll.generation;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.UserError;

/**
 * How a symbol is chosen from a distribution, in this order.
 *
 * @param temperature what logarithms of probabilities are divided by: below 1 bolder towards the
 *     likely, above 1 wilder; 0 always takes the likeliest
 * @param topK only that many of the likeliest are considered; 0 for all
 * @param topP only the likeliest whose probabilities reach this sum together (Holtzman et al.
 *     2020); 1 for all
 */
public record SamplingConfig(double temperature, int topK, double topP) {
  /** Refuses what nothing could be chosen by. */
  public SamplingConfig {
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw UserError.usage(
          setting("temperature") + " must be 0 or above and finite, got " + temperature);
    }
    if (topK < 0) {
      throw UserError.usage(setting("top-k") + " must be 0 (all) or above, got " + topK);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw UserError.usage(setting("top-p") + " must be above 0 and at most 1, got " + topP);
    }
  }

  /** The distribution as the model gives it. */
  public static SamplingConfig defaults() {
    return new SamplingConfig(1, 0, 1);
  }
}
