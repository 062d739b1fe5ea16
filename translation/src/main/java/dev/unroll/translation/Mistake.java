package dev.unroll.translation;

import java.util.List;
import java.util.Locale;

/**
 * A sentence and how it should have been translated.
 *
 * @param chrf chrF2 of this sentence
 */
record Mistake(double chrf, String source, String translation, List<String> references) {
  static Mistake of(Answered sentence) {
    return new Mistake(
        sentence.chrf(), sentence.source(), sentence.hypothesis(), sentence.references());
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "chrF %.1f: %s\n  translated  %s\n  expected    %s",
        chrf,
        source,
        translation,
        String.join("\n              ", references));
  }
}
