package dev.unroll.training;

import java.util.function.IntFunction;
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
}
