package dev.unroll.training.adversarial;

import dev.unroll.layers.VectorProbe;
import java.util.SplittableRandom;

/**
 * What is added to the vectors of a batch of texts, each text's of one norm over all its words. A
 * text without words, or without a gradient, is left as it is.
 */
final class Perturbation {
  private Perturbation() {}

  /**
   * In the direction of a gradient: r = norm · g / ‖g‖ (equations 3 and 7 of the paper).
   *
   * @param probe of the vectors to which the gradient belongs
   * @param gradient as {@link VectorProbe#derivatives} gives it; may be of any scale, which may
   *     differ from text to text
   */
  static float[] along(VectorProbe probe, float[] gradient, double norm) {
    double[] squares = new double[probe.texts()];
    int width = probe.width();
    for (int place = 0; place < probe.steps(); place++) {
      double sum = 0;
      for (int k = place * width; k < (place + 1) * width; k++) {
        sum += (double) gradient[k] * gradient[k];
      }
      squares[place % squares.length] += sum;
    }
    float[] perturbation = new float[gradient.length];
    for (int place = 0; place < probe.steps(); place++) {
      double square = squares[place % squares.length];
      double factor = square > 0 ? norm / Math.sqrt(square) : 0;
      for (int k = place * width; k < (place + 1) * width; k++) {
        perturbation[k] = (float) (factor * gradient[k]);
      }
    }
    return perturbation;
  }

  /** In a random direction. */
  static float[] random(VectorProbe probe, SplittableRandom random, double norm) {
    float[] direction = new float[probe.steps() * probe.width()];
    for (int place = 0; place < probe.steps(); place++) {
      if (probe.isWord(place)) {
        for (int k = place * probe.width(); k < (place + 1) * probe.width(); k++) {
          direction[k] = 2 * random.nextFloat() - 1;
        }
      }
    }
    return along(probe, direction, norm);
  }
}
