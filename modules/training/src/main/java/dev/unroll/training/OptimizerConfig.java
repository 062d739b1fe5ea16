package dev.unroll.training;

/**
 * How {@link Optimizer} updates; the learning rate is given with every step.
 *
 * @param beta1 decay of the mean of the gradient, in [0, 1)
 * @param beta2 decay of the mean of its square, in [0, 1)
 * @param epsilon keeps the division finite, above 0
 * @param weightDecay decoupled weight decay, of which a step takes the share {@code learningRate *
 *     weightDecay} off every weight; 0 for none
 * @param clip largest norm of the gradient over all parameters, scaled down to it if longer; 0 for
 *     no limit
 */
public record OptimizerConfig(
    double beta1, double beta2, double epsilon, double weightDecay, double clip) {

  /** Refuses what no optimizer can work with. */
  public OptimizerConfig {
    require(beta1 >= 0 && beta1 < 1, "beta1 must be in [0, 1)", beta1);
    require(beta2 >= 0 && beta2 < 1, "beta2 must be in [0, 1)", beta2);
    require(epsilon > 0 && epsilon < 1, "epsilon must be in (0, 1)", epsilon);
    require(weightDecay >= 0 && weightDecay < 1, "weightDecay must be in [0, 1)", weightDecay);
    require(clip >= 0, "clip must be 0 or more", clip);
  }

  /** Kingma and Ba's own values, without weight decay or clipping. */
  public static OptimizerConfig adam() {
    return new OptimizerConfig(0.9, 0.999, 1e-8, 0, 0);
  }

  /** The same with another limit of the gradient's norm. */
  public OptimizerConfig withClip(double limit) {
    return new OptimizerConfig(beta1, beta2, epsilon, weightDecay, limit);
  }

  /** The same with another weight decay. */
  public OptimizerConfig withWeightDecay(double decay) {
    return new OptimizerConfig(beta1, beta2, epsilon, decay, clip);
  }

  private static void require(boolean holds, String rule, double value) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", got " + value);
    }
  }
}
