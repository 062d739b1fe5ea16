package dev.unroll.data;

/**
 * What a network achieves on dev.
 *
 * @param metric the name of the score, such as {@code accuracy}
 * @param value the score
 * @param higherIsBetter false for a loss or a perplexity
 * @param loss mean loss on dev in nats, NaN where the task has none; decides between equal scores
 */
public record DevScore(String metric, double value, boolean higherIsBetter, double loss) {
  /** The score turned so that higher is better. */
  public double comparable() {
    return higherIsBetter ? value : -value;
  }
}
