package dev.unroll.translation;

import dev.unroll.evaluation.Bleu;
import dev.unroll.evaluation.ChrF;
import dev.unroll.text.ReversibleWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * The scores of the sentences of about one length.
 *
 * @param from fewest words and punctuation marks of the source
 * @param to most of them
 * @param sentences how many there were
 */
record LengthScore(int from, int to, long sentences, double bleu, double chrf) {
  private static final int WIDTH = 5;

  /** The scores by length, those lengths left out that no sentence has; the shortest first. */
  static List<LengthScore> of(List<Answered> answered) {
    ReversibleWords words = new ReversibleWords();
    TreeMap<Integer, List<Answered>> byLength = new TreeMap<>();
    for (Answered sentence : answered) {
      int length = words.split(sentence.source()).size();
      byLength
          .computeIfAbsent(Math.max(0, length - 1) / WIDTH, k -> new ArrayList<>())
          .add(sentence);
    }
    List<LengthScore> scores = new ArrayList<>();
    byLength.forEach((slot, some) -> scores.add(of(slot, some)));
    return scores;
  }

  private static LengthScore of(int slot, List<Answered> answered) {
    Bleu bleu = new Bleu();
    ChrF chrf = new ChrF();
    for (Answered sentence : answered) {
      bleu.add(sentence.hypothesis(), sentence.references());
      chrf.add(sentence.hypothesis(), sentence.references());
    }
    return new LengthScore(
        slot == 0 ? 0 : slot * WIDTH + 1,
        (slot + 1) * WIDTH,
        bleu.sentences(),
        bleu.score(),
        chrf.score());
  }

  /** A table of several. */
  static String table(List<LengthScore> scores) {
    StringBuilder table =
        new StringBuilder(
            String.format("%-12s  %9s  %6s  %6s\n", "source words", "sentences", "BLEU", "chrF2"));
    for (LengthScore score : scores) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-12s  %9d  %6.2f  %6.2f\n",
              score.name(),
              score.sentences,
              score.bleu,
              score.chrf));
    }
    return table.toString();
  }

  /** The lengths in words. */
  String name() {
    return from + "–" + to;
  }
}
