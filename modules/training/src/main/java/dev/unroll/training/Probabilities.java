package dev.unroll.training;

import dev.unroll.layers.forward.ForwardNetwork;
import dev.unroll.layers.forward.Steps;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
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
    return of(encoder, examples, batch -> output(network, encoder.encode(batch)));
  }

  /** The same of a network whose training is over. */
  public static <P> double[][] of(
      ForwardNetwork network, ForwardEncoder<?, P> encoder, List<P> examples) {
    return of(
        encoder,
        examples,
        batch -> {
          Steps output = network.read(encoder.steps(batch));
          float[] values = output.toArray();
          double[][] rows = new double[batch.size()][output.width()];
          for (int i = 0; i < values.length; i++) {
            rows[i / output.width()][i % output.width()] = values[i];
          }
          return rows;
        });
  }

  private static double[][] output(ComputationGraph network, MultiDataSet batch) {
    INDArray output =
        network.output(false, batch.getFeatures(), batch.getFeaturesMaskArrays(), null)[0];
    double[][] rows = new double[output.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = output.getRow(i).toDoubleVector();
    }
    return rows;
  }

  private static <P> double[][] of(
      Encoder<?, P> encoder, List<P> examples, Function<List<P>, double[][]> answer) {
    double[][] probabilities = new double[examples.size()][];
    int[] lengths = examples.stream().mapToInt(encoder::length).toArray();
    for (List<Integer> positions : Batches.byLength(lengths, BATCH, STEPS)) {
      double[][] rows = answer.apply(positions.stream().map(examples::get).toList());
      for (int i = 0; i < rows.length; i++) {
        double sum = Arrays.stream(rows[i]).sum();
        probabilities[positions.get(i)] = Arrays.stream(rows[i]).map(p -> p / sum).toArray();
      }
    }
    return probabilities;
  }
}
