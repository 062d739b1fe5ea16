package dev.unroll.training;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

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
      ComputationGraph network, Encoder<?, P> encoder, List<P> examples) {
    double[][] probabilities = new double[examples.size()][];
    int[] lengths = examples.stream().mapToInt(encoder::length).toArray();
    for (List<Integer> positions : Batches.byLength(lengths, BATCH, STEPS)) {
      MultiDataSet batch = encoder.encode(positions.stream().map(examples::get).toList());
      INDArray output =
          network.output(false, batch.getFeatures(), batch.getFeaturesMaskArrays(), null)[0];
      for (int i = 0; i < positions.size(); i++) {
        double[] row = output.getRow(i).toDoubleVector();
        double sum = Arrays.stream(row).sum();
        probabilities[positions.get(i)] = Arrays.stream(row).map(p -> p / sum).toArray();
      }
    }
    return probabilities;
  }
}
