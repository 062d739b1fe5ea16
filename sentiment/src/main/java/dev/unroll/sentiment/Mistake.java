package dev.unroll.sentiment;

import dev.unroll.cli.Shorten;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A review that a model took for what it is not.
 *
 * @param label what the review is labelled as
 * @param predicted what the model took it for
 * @param probability the probability that the model gave to {@code predicted}
 * @param text of the review
 */
record Mistake(String label, String predicted, double probability, String text) {
  private static final int SHOWN = 300;

  /** The mistakes to which the model gave the least probability of being right, worst first. */
  static List<Mistake> worst(List<Review> reviews, List<Opinion> opinions, int count) {
    record Judged(Mistake mistake, double right) {}
    List<Judged> all = new ArrayList<>();
    for (int i = 0; i < reviews.size(); i++) {
      String label = reviews.get(i).label();
      Opinion opinion = opinions.get(i);
      if (!opinion.label().equals(label)) {
        Mistake mistake =
            new Mistake(label, opinion.label(), opinion.probability(), opinion.text());
        all.add(new Judged(mistake, opinion.probabilities().get(label)));
      }
    }
    all.sort(Comparator.comparingDouble(Judged::right));
    return all.stream().limit(count).map(Judged::mistake).toList();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s, taken for %s (%.4f): %s",
        label,
        predicted,
        probability,
        Shorten.to(SHOWN, text));
  }
}
