package dev.unroll.ner;

import dev.unroll.layers.forward.Steps;
import java.util.Arrays;
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

  /** The same as {@link #columns} for a forward pass alone. */
  Steps columnSteps() {
    int[] lengths = sentences.stream().mapToInt(EncodedSentence::length).toArray();
    return Steps.of(
        lengths,
        longest,
        (sentence, step, place) -> {
          int[] word = sentences.get(sentence).spellings()[step];
          return place < word.length ? word[place] : 0;
        });
  }

  /** The same as {@link #rows} with their mask. */
  Steps rowSteps() {
    int[][] words = new int[batch * time][0];
    for (int b = 0; b < batch; b++) {
      int[][] spelled = sentences.get(b).spellings();
      for (int t = 0; t < spelled.length; t++) {
        words[t * batch + b] = spelled[t];
      }
    }
    int[] lengths = Arrays.stream(words).mapToInt(word -> word.length).toArray();
    return Steps.of(lengths, 1, (word, place, f) -> words[word][place]);
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
