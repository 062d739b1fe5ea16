package dev.unroll.charlm;

import java.util.List;

/**
 * How much each symbol that was read mattered to each prediction: the norm of the gradient of the
 * logarithm of the prediction's probability with respect to the vector of the symbol (Simonyan et
 * al. 2014, "Deep Inside Convolutional Networks", section 3, for pixels).
 *
 * @param model what the page calls the model
 * @param read the symbols in the order in which they were read, as text; the first stands for the
 *     line end before the text, or for a model that reads from the end, behind it
 * @param predicted the symbols that were predicted; {@code predicted.get(t)} follows {@code
 *     read.get(t)}
 * @param logProbabilities of the predictions, in nats
 * @param influence {@code influence[t][s]}, for {@code s <= t}: of symbol {@code s} on prediction
 *     {@code t}
 */
public record Explanation(
    String model,
    List<String> read,
    List<String> predicted,
    double[] logProbabilities,
    float[][] influence) {

  /** The same under another name. */
  Explanation named(String name) {
    return new Explanation(name, read, predicted, logProbabilities, influence);
  }

  /**
   * The mean influence of the symbol {@code d} steps back, relative to that of the last symbol:
   * element {@code d}, from 0. It falls exponentially where gradients vanish; where even the last
   * symbol has none, all elements are 0.
   */
  public double[] byDistance() {
    double[] means = new double[influence.length];
    for (int d = 0; d < means.length; d++) {
      for (int t = d; t < influence.length; t++) {
        means[d] += influence[t][t - d];
      }
      means[d] /= influence.length - d;
    }
    double last = means.length == 0 || means[0] == 0 ? 1 : means[0];
    for (int d = 0; d < means.length; d++) {
      means[d] /= last;
    }
    return means;
  }
}
