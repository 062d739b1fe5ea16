package dev.unroll.sentiment;

import dev.unroll.cli.Shorten;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

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
    return IntStream.range(0, reviews.size())
        .filter(i -> !opinions.get(i).label().equals(reviews.get(i).label()))
        .boxed()
        .sorted(
            Comparator.comparingDouble(
                i -> opinions.get(i).probabilities().get(reviews.get(i).label())))
        .limit(count)
        .map(i -> of(reviews.get(i), opinions.get(i)))
        .toList();
  }

  private static Mistake of(Review review, Opinion opinion) {
    return new Mistake(review.label(), opinion.label(), opinion.probability(), opinion.text());
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
