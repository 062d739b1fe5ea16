package dev.unroll.sentiment;

import dev.unroll.data.UserError;

/**
 * What makes a classifier answer alike for texts that are nearly alike; see {@link
 * dev.unroll.training.adversarial.AdversarialStep}.
 *
 * @param adversarial how far the vectors of a labelled text are moved, all together, in the
 *     direction in which the loss rises most; in norms of a word's vector, 0 for not at all
 * @param virtualAdversarial how far those of a text without a label are moved, in the direction in
 *     which the answer changes most; 0 for not at all
 */
public record Consistency(double adversarial, double virtualAdversarial) {
  /** None of it. */
  public static final Consistency NONE = new Consistency(0, 0);

  /** Refuses what is no distance or probability. */
  public Consistency {
    norm("adversarial", adversarial);
    norm("virtual-adversarial", virtualAdversarial);
  }

  private static void norm(String key, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw UserError.usage(key + " must be 0 or more, got " + value);
    }
  }

  /** Whether steps are those of {@link dev.unroll.training.adversarial.AdversarialStep}. */
  boolean perturbs() {
    return adversarial > 0 || virtualAdversarial > 0;
  }
}
