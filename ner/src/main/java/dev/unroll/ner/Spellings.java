package dev.unroll.ner;

import java.util.List;
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
  private final List<EncodedSentence> sentences;
  private final int batch;
  private final int time;
  private final int longest;

  Spellings(List<EncodedSentence> sentences, int time) {
    this.sentences = sentences;
    this.batch = sentences.size();
    this.time = time;
    int most = 1;
    for (EncodedSentence sentence : sentences) {
      for (int[] word : sentence.spellings()) {
        most = Math.max(most, word.length);
      }
    }
    this.longest = most;
  }

  /** {@code [batch, characters, time]}. */
  INDArray columns() {
    float[] values = new float[batch * time * longest];
    for (int b = 0; b < batch; b++) {
      int[][] words = sentences.get(b).spellings();
      for (int t = 0; t < words.length; t++) {
        int[] word = words[t];
        for (int i = 0; i < word.length; i++) {
          values[(b * longest + i) * time + t] = word[i];
        }
      }
    }
    return Nd4j.create(values, new long[] {batch, longest, time}, 'c');
  }

  /** {@code [time x batch, 1, characters]}. */
  INDArray rows() {
    return Nd4j.create(rows(false), new long[] {(long) batch * time, 1, longest}, 'c');
  }

  /** {@code [time x batch, characters]}. */
  INDArray rowsMask() {
    return Nd4j.create(rows(true), new long[] {(long) batch * time, longest}, 'c');
  }

  private float[] rows(boolean mask) {
    float[] values = new float[batch * time * longest];
    for (int b = 0; b < batch; b++) {
      int[][] words = sentences.get(b).spellings();
      for (int t = 0; t < words.length; t++) {
        int[] word = words[t];
        for (int i = 0; i < word.length; i++) {
          values[(t * batch + b) * longest + i] = mask ? 1 : word[i];
        }
      }
    }
    return values;
  }
}
