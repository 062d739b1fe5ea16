package dev.unroll.training;

/**
 * The update of one step of Adam (Kingma and Ba 2015, "Adam: A Method for Stochastic Optimization",
 * algorithm 1 in the order of operations that the end of section 2 gives), with weight decay
 * decoupled from the gradient (Loshchilov and Hutter 2019, "Decoupled Weight Decay Regularization",
 * algorithm 2):
 *
 * <pre>
 *   m ← β₁ m + (1 − β₁) g
 *   v ← β₂ v + (1 − β₂) g²
 *   θ ← θ − α λ θ − α √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε)
 * </pre>
 */
final class AdamRule {
  private final float beta1;
  private final float beta2;
  private final float epsilon;
  private final float scale;
  private final float rate;
  private final float kept;

  /**
   * A step.
   *
   * @param step t, from 1
   * @param scale what every gradient is multiplied by first
   */
  AdamRule(OptimizerConfig config, double learningRate, long step, double scale) {
    beta1 = (float) config.beta1();
    beta2 = (float) config.beta2();
    epsilon = (float) config.epsilon();
    this.scale = (float) scale;
    double bias1 = 1 - Math.pow(config.beta1(), step);
    double bias2 = 1 - Math.pow(config.beta2(), step);
    rate = (float) (learningRate * Math.sqrt(bias2) / bias1);
    kept = (float) (1 - learningRate * config.weightDecay());
  }

  /**
   * Updates {@code length} parameters.
   *
   * @param parameters from element 0
   * @param gradients from element 0
   * @param mean m, from element {@code offset}
   * @param square v, from element {@code offset}
   * @param decays whether weight decay applies
   */
  void update(
      float[] parameters,
      float[] gradients,
      float[] mean,
      float[] square,
      int offset,
      int length,
      boolean decays) {
    float new1 = (1 - beta1) * scale;
    float new2 = (1 - beta2) * scale * scale;
    float keep = decays ? kept : 1;
    for (int i = 0; i < length; i++) {
      float g = gradients[i];
      float m = beta1 * mean[offset + i] + new1 * g;
      float v = beta2 * square[offset + i] + new2 * (g * g);
      mean[offset + i] = m;
      square[offset + i] = v;
      parameters[i] = keep * parameters[i] - rate * m / ((float) Math.sqrt(v) + epsilon);
    }
  }
}
