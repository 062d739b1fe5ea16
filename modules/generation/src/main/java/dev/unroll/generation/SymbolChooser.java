package dev.unroll.generation;

import java.util.BitSet;
import java.util.stream.IntStream;

/** Turns the distribution of the next symbol into the one that is drawn from, and draws. */
public final class SymbolChooser {
  private final SamplingConfig config;
  private final BitSet excluded;

  /**
   * @param excluded symbols that are never chosen, whatever their probability
   */
  public SymbolChooser(SamplingConfig config, BitSet excluded) {
    this.config = config;
    this.excluded = excluded;
  }

  /**
   * The probabilities to draw from; they sum to 1.
   *
   * @param logProbabilities of all symbols; at least one of them is not excluded
   */
  public double[] probabilities(float[] logProbabilities) {
    double[] weights = new double[logProbabilities.length];
    int likeliest = likeliest(logProbabilities);
    if (config.temperature() == 0) {
      weights[likeliest] = 1;
      return weights;
    }
    for (int i = 0; i < weights.length; i++) {
      double relative = (double) logProbabilities[i] - logProbabilities[likeliest];
      weights[i] = excluded.get(i) ? 0 : Math.exp(relative / config.temperature());
    }
    normalize(weights);
    if (config.topK() > 0 && config.topK() < weights.length || config.topP() < 1) {
      truncate(weights);
      normalize(weights);
    }
    return weights;
  }

  /**
   * Draws a symbol.
   *
   * @param uniform a number drawn uniformly from [0, 1)
   */
  public int choose(float[] logProbabilities, double uniform) {
    double[] probabilities = probabilities(logProbabilities);
    double sum = 0;
    int last = -1;
    for (int i = 0; i < probabilities.length; i++) {
      if (probabilities[i] > 0) {
        sum += probabilities[i];
        last = i;
        if (uniform < sum) {
          return i;
        }
      }
    }
    return last; // rounding: the sum may stay a hair below 1
  }

  private int likeliest(float[] logProbabilities) {
    int best = -1;
    for (int i = 0; i < logProbabilities.length; i++) {
      if (!excluded.get(i) && (best < 0 || logProbabilities[i] > logProbabilities[best])) {
        best = i;
      }
    }
    if (best < 0) {
      throw new IllegalArgumentException(
          "all " + logProbabilities.length + " symbols are excluded: " + excluded);
    }
    return best;
  }

  private void truncate(double[] weights) {
    int[] order =
        IntStream.range(0, weights.length)
            .boxed()
            .sorted((a, b) -> Double.compare(weights[b], weights[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    int most = config.topK() > 0 ? Math.min(config.topK(), order.length) : order.length;
    double kept = 0;
    double all = 0;
    for (int k = 0; k < most; k++) {
      all += weights[order[k]];
    }
    for (int k = 0; k < order.length; k++) {
      boolean in = k < most && (k == 0 || kept < config.topP() * all);
      kept += in ? weights[order[k]] : 0;
      weights[order[k]] = in ? weights[order[k]] : 0;
    }
  }

  private static void normalize(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
  }
}
