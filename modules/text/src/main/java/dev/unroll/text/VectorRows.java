package dev.unroll.text;

import java.util.function.IntFunction;

/**
 * The vectors that the words of a vocabulary have in a file, by the numbers of the words: what the
 * table of a network can begin with.
 */
public final class VectorRows {
  private VectorRows() {}

  /**
   * The vectors as they are.
   *
   * @return the vector of the word of a number, a copy; null if it has none
   */
  public static IntFunction<float[]> of(WordVectors vectors, Vocabulary vocabulary) {
    return of(vectors, vocabulary, 0);
  }

  /**
   * The same with the vectors' mean taken off and their values brought to one standard deviation,
   * whatever they were learnt with. Files differ in both (word2vec's values are small, and its
   * vectors lie to one side of the origin), while a learning rate and a word without a vector fit
   * one scale only.
   *
   * @param deviation of all values of the file together; 0 leaves them as they are
   * @return the vector of the word of a number, a copy; null if it has none
   */
  public static IntFunction<float[]> of(
      WordVectors vectors, Vocabulary vocabulary, double deviation) {
    float[] mean = new float[vectors.dimensions()];
    double spread = deviation > 0 ? standardDeviation(vectors, mean) : 0;
    float scale = spread > 0 ? (float) (deviation / spread) : 1;
    return id -> {
      // A table may have more rows, for symbols that are no words.
      int index = id < vocabulary.size() ? vectors.index(vocabulary.word(id)) : -1;
      if (index < 0) {
        return null;
      }
      float[] row = vectors.row(index);
      for (int i = 0; i < row.length; i++) {
        row[i] = (row[i] - mean[i]) * scale;
      }
      return row;
    };
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
