package dev.unroll.training;

import dev.unroll.text.Vocabulary;
import dev.unroll.text.WordVectors;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Lets a network begin with word vectors that were learnt elsewhere. */
public final class InitialVectors {
  private InitialVectors() {}

  /**
   * Copies the vector of each word that has one into the table of {@code layer}; other words keep
   * the vector that the layer drew for them.
   *
   * @param vectors as long as the rows of the table
   * @param vocabulary its ids are the rows of the table
   * @param layer the name of a {@link dev.unroll.layers.WordEmbedding}
   * @return how many words had a vector
   */
  public static int copy(
      WordVectors vectors, Vocabulary vocabulary, ComputationGraph network, String layer) {
    INDArray table = network.getLayer(layer).getParam("W");
    if (table.size(1) != vectors.dimensions()) {
      throw new IllegalArgumentException(
          "vectors of %d values do not fit a table of %d"
              .formatted(vectors.dimensions(), table.size(1)));
    }
    int found = 0;
    for (int id = 0; id < vocabulary.size(); id++) {
      int index = vectors.index(vocabulary.word(id));
      if (index >= 0) {
        table.putRow(id, Nd4j.createFromArray(vectors.row(index)));
        found++;
      }
    }
    return found;
  }
}
