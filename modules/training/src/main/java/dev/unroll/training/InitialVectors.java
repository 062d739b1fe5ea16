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
    return copy(vectors, vocabulary, network, layer, 0);
  }

  /**
   * The same with the vectors' mean taken off and their values brought to one standard deviation,
   * whatever they were learnt with. Files differ in both (word2vec's values are small, and its
   * vectors lie to one side of the origin), while a learning rate and a word without a vector fit
   * one scale only.
   *
   * @param deviation of all values of the file together; 0 leaves them as they are
   */
  public static int copy(
      WordVectors vectors,
      Vocabulary vocabulary,
      ComputationGraph network,
      String layer,
      double deviation) {
    INDArray table = network.getLayer(layer).getParam("W");
    if (table.size(1) != vectors.dimensions()) {
      throw new IllegalArgumentException(
          "vectors of %d values do not fit a table of %d"
              .formatted(vectors.dimensions(), table.size(1)));
    }
    float[] mean = new float[vectors.dimensions()];
    float scale = 1;
    if (deviation > 0) {
      double spread = standardDeviation(vectors, mean);
      scale = spread > 0 ? (float) (deviation / spread) : 1;
    }
    int found = 0;
    for (int id = 0; id < vocabulary.size(); id++) {
      int index = vectors.index(vocabulary.word(id));
      if (index >= 0) {
        float[] row = vectors.row(index);
        for (int i = 0; i < row.length; i++) {
          row[i] = (row[i] - mean[i]) * scale;
        }
        table.putRow(id, Nd4j.createFromArray(row));
        found++;
      }
    }
    return found;
  }

  /**
   * How far values lie from the mean vector.
   *
   * @param mean receives that
   */
  private static double standardDeviation(WordVectors vectors, float[] mean) {
    double[] sum = new double[mean.length];
    double squares = 0;
    for (int word = 0; word < vectors.size(); word++) {
      float[] row = vectors.row(word);
      for (int i = 0; i < row.length; i++) {
        sum[i] += row[i];
        squares += (double) row[i] * row[i];
      }
    }
    double words = vectors.size();
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / words);
      squares -= words * (sum[i] / words) * (sum[i] / words);
    }
    return Math.sqrt(Math.max(0, squares) / (words * mean.length));
  }
}
