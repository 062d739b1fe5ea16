package dev.unroll.training;

import dev.unroll.layers.forward.ForwardNetwork;
import dev.unroll.layers.forward.Steps;
import java.util.Arrays;
import java.util.List;

/** What a network that gives one label a sequence makes of sequences. */
public final class Probabilities {
  private static final int BATCH = 64;
  private static final int STEPS = 16_384;

  private Probabilities() {}

  /**
   * The probability of each label for each example, in the order of the examples; they are answered
   * in batches of like length.
   *
   * @return {@code [examples][labels]}; a row adds up to 1
   */
  public static <P> double[][] of(
      ForwardNetwork network, ForwardEncoder<?, P> encoder, List<P> examples) {
    double[][] probabilities = new double[examples.size()][];
    int[] lengths = examples.stream().mapToInt(encoder::length).toArray();
    for (List<Integer> positions : Batches.byLength(lengths, BATCH, STEPS)) {
      Steps output = network.read(encoder.steps(positions.stream().map(examples::get).toList()));
      float[] values = output.toArray();
      int labels = output.width();
      for (int i = 0; i < positions.size(); i++) {
        probabilities[positions.get(i)] =
            normalised(Arrays.copyOfRange(values, i * labels, (i + 1) * labels));
      }
    }
    return probabilities;
  }

  /** Floats add up to 1 to within their own precision only. */
  private static double[] normalised(float[] values) {
    double[] row = new double[values.length];
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    for (int i = 0; i < row.length; i++) {
      row[i] = values[i] / sum;
    }
    return row;
  }
}
