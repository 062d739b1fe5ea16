package dev.unroll.training;

import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Lets a network begin with vectors that were learnt elsewhere. */
public final class InitialVectors {
  private InitialVectors() {}

  /**
   * Puts vectors into the table of {@code layer}; the other rows keep what the layer drew for them.
   *
   * @param vectors the vector that a row begins with, as long as the rows of the table; null if it
   *     has none
   * @param layer the name of a {@link dev.unroll.layers.WordEmbedding}
   * @return how many rows had a vector
   */
  public static int copy(IntFunction<float[]> vectors, ComputationGraph network, String layer) {
    INDArray table = network.getLayer(layer).getParam("W");
    int found = 0;
    for (int row = 0; row < table.size(0); row++) {
      float[] vector = vectors.apply(row);
      if (vector != null) {
        if (table.size(1) != vector.length) {
          throw new IllegalArgumentException(
              "vectors of %d values do not fit a table of %d"
                  .formatted(vector.length, table.size(1)));
        }
        table.putRow(row, Nd4j.createFromArray(vector));
        found++;
      }
    }
    return found;
  }

  /**
   * Puts rows of a trained table into that of a network that has the same words, and perhaps
   * others, in another order; the rows of the others keep what the layer drew for them.
   *
   * @param rowOf the row of {@code from} for a row of {@code network}; negative if it has none
   * @param layer the name of a {@link dev.unroll.layers.WordEmbedding}, in both networks
   */
  public static void copy(
      ComputationGraph from, IntUnaryOperator rowOf, ComputationGraph network, String layer) {
    INDArray rows = from.getLayer(layer).getParam("W");
    copy(
        row -> {
          int known = rowOf.applyAsInt(row);
          return known < 0 ? null : rows.getRow(known).toFloatVector();
        },
        network,
        layer);
  }
}
