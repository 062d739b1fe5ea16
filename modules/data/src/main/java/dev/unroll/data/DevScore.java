package dev.unroll.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a network achieves on dev.
 *
 * @param metric the name of the score that decides, such as {@code accuracy}
 * @param value the score
 * @param higherIsBetter false for a loss or a perplexity
 * @param loss mean loss on dev in nats, NaN where the task has none; decides between equal scores
 * @param metrics all that was measured in the same pass over dev, by the names under which a model
 *     keeps it, in that order
 */
public record DevScore(
    String metric, double value, boolean higherIsBetter, double loss, Map<String, Double> metrics) {
  /** A score with its metrics, whose order stays as it is. */
  public DevScore {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /** A score with no metrics beside it. */
  public DevScore(String metric, double value, boolean higherIsBetter, double loss) {
    this(metric, value, higherIsBetter, loss, Map.of());
  }

  /** The score turned so that higher is better. */
  public double comparable() {
    return higherIsBetter ? value : -value;
  }
}
