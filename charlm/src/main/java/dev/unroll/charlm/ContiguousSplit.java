package dev.unroll.charlm;

import dev.unroll.data.ContiguousSplitter;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.Splitter;
import dev.unroll.data.UserError;
import java.util.Optional;

/**
 * Cuts running text into its beginning to train on, what follows for dev, and its end for test, by
 * its characters. A document is cut at the very character; a line is never cut and belongs where
 * its first character does.
 *
 * @see ContiguousSplitter
 */
public final class ContiguousSplit {
  private ContiguousSplit() {}

  /**
   * Splits {@code corpus}.
   *
   * @param devFraction share of the dev part; 0 makes none
   * @param testFraction share of the test part; 0 makes none
   * @throws UserError if a part would be empty
   */
  public static Split<Passage> of(
      Corpus<Passage> corpus, double devFraction, double testFraction, Ending ending) {
    return splitter(testFraction, ending).split(corpus, devFraction);
  }

  /** The same for any corpus and share of dev. */
  static Splitter<Passage> splitter(double testFraction, Ending ending) {
    return ending == Ending.LINE
        ? new ContiguousSplitter<>(
            "characters",
            // A line counts its end, so that an empty line has a place too.
            lines -> lines.texts() == 0 ? 0 : lines.characters() + 1,
            Optional.of(Passage::lines),
            testFraction)
        : new ContiguousSplitter<>(
            "characters", Passage::characters, Optional.of(Passage::cut), testFraction);
  }
}
