package dev.unroll.translation;

import dev.unroll.evaluation.BleuConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a system scores that is no translator.
 *
 * @param name of the system
 */
record Baseline(String name, double bleu, double chrf) {
  /**
   * The source as it is and, if there are pairs to learn it from, a dictionary word by word.
   *
   * @param answered what they are compared with, whose hypotheses are not looked at
   */
  static List<Baseline> of(List<Answered> answered, Optional<List<SentencePair>> training) {
    List<Baseline> baselines = new ArrayList<>();
    baselines.add(of("copy of the source", answered, UnaryOperator.identity()));
    training
        .map(WordDictionary::learn)
        .ifPresent(
            dictionary -> baselines.add(of("word by word", answered, dictionary::translate)));
    return baselines;
  }

  private static Baseline of(
      String name, List<Answered> answered, UnaryOperator<String> translator) {
    List<Answered> own =
        answered.stream()
            .map(a -> new Answered(a.source(), translator.apply(a.source()), a.references()))
            .toList();
    return new Baseline(
        name,
        TranslationScores.bleu(own, BleuConfig.defaults()).score(),
        TranslationScores.chrf(own).score());
  }

  /** A table with the model's own scores in the first row. */
  static String table(TranslationScores model, List<Baseline> baselines) {
    StringBuilder table =
        new StringBuilder(String.format("%-18s  %6s  %6s\n", "", "BLEU", "chrF2"));
    table.append(row("model", model.bleu().score(), model.chrf().score()));
    baselines.forEach(b -> table.append(row(b.name(), b.bleu(), b.chrf())));
    return table.toString();
  }

  private static String row(String name, double bleu, double chrf) {
    return String.format(Locale.ROOT, "%-18s  %6.2f  %6.2f\n", name, bleu, chrf);
  }
}
