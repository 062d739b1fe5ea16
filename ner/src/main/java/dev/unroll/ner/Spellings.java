package dev.unroll.ner;

import dev.unroll.training.SequenceBatch;
import java.util.Arrays;
import java.util.List;

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
  private Spellings() {}

  /** {@code [batch, characters, time]}. */
  static SequenceBatch columns(List<EncodedSentence> sentences) {
    int longest = 1;
    for (EncodedSentence sentence : sentences) {
      for (int[] word : sentence.spellings()) {
        longest = Math.max(longest, word.length);
      }
    }
    return new SequenceBatch(
        sentences.stream().mapToInt(EncodedSentence::length).toArray(),
        longest,
        (sentence, step, place) -> {
          int[] word = sentences.get(sentence).spellings()[step];
          return place < word.length ? word[place] : 0;
        });
  }

  /**
   * {@code [time x batch, 1, characters]}.
   *
   * @param time steps of the longest sentence, at least 1
   */
  static SequenceBatch rows(List<EncodedSentence> sentences, int time) {
    int batch = sentences.size();
    int[][] words = new int[batch * time][0];
    for (int b = 0; b < batch; b++) {
      int[][] spelled = sentences.get(b).spellings();
      for (int t = 0; t < spelled.length; t++) {
        words[t * batch + b] = spelled[t];
      }
    }
    return SequenceBatch.ids(
        Arrays.asList(words), word -> word.length, (word, place) -> word[place]);
  }
}
