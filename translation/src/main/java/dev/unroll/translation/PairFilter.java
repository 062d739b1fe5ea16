package dev.unroll.translation;

import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import dev.unroll.text.ReversibleWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Parts pairs that can be learnt from from those that cannot: a side is empty, or too long, or one
 * is so much longer than the other that it is no translation. Lengths are words and punctuation
 * marks, as {@link ReversibleWords} counts them.
 */
public final class PairFilter {
  private final ReversibleWords words = new ReversibleWords();
  private final int maxLength;
  private final double maxRatio;

  /** A filter with the limits of {@code config}. */
  public PairFilter(TranslationConfig config) {
    this.maxLength = config.maxLength();
    this.maxRatio = config.maxRatio();
  }

  /**
   * What was kept, and how many pairs were not, each counted once by the first of the reasons.
   *
   * @param kept the others, in their order
   * @param read how many pairs there were
   * @param empty a side has no word, or there is no translation
   * @param tooLong a side is longer than {@code maxLength} words
   * @param unequal the longer side has more than {@code maxRatio} times the words of the shorter
   */
  public record Filtered(Corpus<SentencePair> kept, int read, int empty, int tooLong, int unequal) {
    /** A line that says what was left out; empty if nothing was. */
    public Optional<String> report() {
      int out = empty + tooLong + unequal;
      return out == 0
          ? Optional.empty()
          : Optional.of(
              String.format(
                  Locale.ROOT,
                  "%,d of %,d pairs left out: %,d with an empty side, %,d too long, %,d of too"
                      + " unequal length",
                  out,
                  read,
                  empty,
                  tooLong,
                  unequal));
    }
  }

  /**
   * Leaves out what cannot be learnt from.
   *
   * @throws UserError if nothing is left
   */
  public Filtered filter(Corpus<SentencePair> pairs) {
    List<SentencePair> kept = new ArrayList<>();
    int empty = 0;
    int tooLong = 0;
    int unequal = 0;
    for (SentencePair pair : pairs.examples()) {
      int source = words.split(pair.source()).size();
      int target = pair.isTranslated() ? words.split(pair.target()).size() : 0;
      if (source == 0 || target == 0) {
        empty++;
      } else if (Math.max(source, target) > maxLength) {
        tooLong++;
      } else if (Math.max(source, target) > maxRatio * Math.min(source, target)) {
        unequal++;
      } else {
        kept.add(pair);
      }
    }
    Filtered filtered =
        new Filtered(
            new Corpus<>(kept, pairs.source(), pairs.digest(), pairs.format()),
            pairs.size(),
            empty,
            tooLong,
            unequal);
    if (kept.isEmpty()) {
      throw UserError.data(
          pairs.source(), "no pair to learn from: " + filtered.report().orElse("it is empty"));
    }
    return filtered;
  }
}
