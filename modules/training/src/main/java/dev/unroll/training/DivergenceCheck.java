package dev.unroll.training;

import dev.unroll.data.TrainingConfig;
import dev.unroll.data.UserError;
import java.util.Locale;

/**
 * Ends a training that went astray, instead of letting it compute nonsense to its end: the loss or
 * the gradient is no number any more, or the smoothed loss has grown far beyond where it began.
 */
final class DivergenceCheck {
  private static final double SMOOTHING = 0.98;
  private static final double FACTOR = 4;
  private static final int SETTLED = 100;

  private final double learningRate;
  private final double clip;

  DivergenceCheck(TrainingConfig config) {
    this.learningRate = config.learningRate();
    this.clip = config.clip();
  }

  /**
   * The smoothed loss after one more step.
   *
   * @param smoothed before; NaN at the first step
   * @param initial the loss of the first step
   * @param step number of steps done, this one included
   */
  double check(double smoothed, double initial, double loss, double gradientNorm, long step) {
    if (!Double.isFinite(loss) || !Double.isFinite(gradientNorm)) {
      throw diverged(step, Double.isFinite(loss) ? "the gradient" : "the loss", "is no number");
    }
    double next = Double.isNaN(smoothed) ? loss : SMOOTHING * smoothed + (1 - SMOOTHING) * loss;
    if (step > SETTLED && next > FACTOR * initial + 1) {
      String growth = String.format(Locale.ROOT, "rose from %.3g to %.3g", initial, next);
      throw diverged(step, "the loss", growth);
    }
    return next;
  }

  private UserError diverged(long step, String what, String how) {
    String clipping = clip > 0 ? " or --clip " + clip / 5 : " or --clip 1";
    return UserError.failed(
        String.format(
            Locale.ROOT,
            "training diverged at step %d: %s %s; try --learning-rate %.2g%s",
            step,
            what,
            how,
            learningRate / 3,
            clipping),
        null);
  }
}
