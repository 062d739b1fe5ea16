package dev.unroll.ner;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * Copies of training sentences in lower and in upper case, beside the originals: what people type
 * in a hurry and what stands in headlines has names too, and a tagger that has only seen them
 * capitalised misses most (S. Mayhew, T. Tsygankova, D. Roth, <i>ner and pos when nothing is
 * capitalized</i>, EMNLP 2019).
 */
final class CaseCopies {
  private CaseCopies() {}

  /**
   * The sentences, and behind them the copies.
   *
   * @param lower share of the sentences that is copied in lower case
   * @param upper share that is copied in upper case
   * @param seed of the choice
   */
  static List<TaggedSentence> add(
      List<TaggedSentence> sentences, double lower, double upper, long seed) {
    if (lower == 0 && upper == 0) {
      return sentences;
    }
    List<TaggedSentence> all = new ArrayList<>(sentences);
    SplittableRandom random = new SplittableRandom(seed);
    for (TaggedSentence sentence : sentences) {
      // Both are always drawn, so that one share does not change what the other chooses.
      boolean lowered = random.nextDouble() < lower;
      boolean raised = random.nextDouble() < upper;
      if (lowered) {
        all.add(in(sentence, word -> word.toLowerCase(Locale.ROOT)));
      }
      if (raised) {
        all.add(in(sentence, word -> word.toUpperCase(Locale.ROOT)));
      }
    }
    return all;
  }

  private static TaggedSentence in(TaggedSentence sentence, UnaryOperator<String> written) {
    return new TaggedSentence(sentence.words().stream().map(written).toList(), sentence.tags());
  }
}
