package dev.unroll.ner;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The character numbers of the words of a batch as arrays: a column a word for a layer that knows
 * of words, a row a word for layers that do not.
 *
 * <pre>
 *   columns  [batch, characters, time]        rows  [time x batch, 1, characters]
 *            1 1 .   "b" and "an", the         t=0  1 b 2 .    of example 0
 *            b a .   beginning 1, the end 2    t=0  . . . .    of example 1
 *            2 n .                             t=1  1 a n 2    of example 0
 *            . 2 .                                  …
 * </pre>
 */
final class Spellings {
  /** The word at {@code example * time + step}; null where there is none. */
  private final int[][] words;

  private final int batch;
  private final int time;
  private final int longest;

  Spellings(int[][] words, int batch, int time) {
    this.words = words;
    this.batch = batch;
    this.time = time;
    int most = 1;
    for (int[] word : words) {
      most = word == null ? most : Math.max(most, word.length);
    }
    this.longest = most;
  }

  /** {@code [batch, characters, time]}. */
  INDArray columns() {
    float[] values = new float[words.length * longest];
    for (int b = 0; b < batch; b++) {
      for (int t = 0; t < time; t++) {
        int[] word = words[b * time + t];
        for (int i = 0; word != null && i < word.length; i++) {
          values[(b * longest + i) * time + t] = word[i];
        }
      }
    }
    return Nd4j.create(values, new long[] {batch, longest, time}, 'c');
  }

  /** {@code [time x batch, 1, characters]}. */
  INDArray rows() {
    return Nd4j.create(rows(false), new long[] {words.length, 1, longest}, 'c');
  }

  /** {@code [time x batch, characters]}. */
  INDArray rowsMask() {
    return Nd4j.create(rows(true), new long[] {words.length, longest}, 'c');
  }

  private float[] rows(boolean mask) {
    float[] values = new float[words.length * longest];
    for (int b = 0; b < batch; b++) {
      for (int t = 0; t < time; t++) {
        int[] word = words[b * time + t];
        for (int i = 0; word != null && i < word.length; i++) {
          values[(t * batch + b) * longest + i] = mask ? 1 : word[i];
        }
      }
    }
    return values;
  }
}
