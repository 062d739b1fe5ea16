package dev.unroll.dna;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A strand that a model took for what it is not.
 *
 * @param label what it is labelled as
 * @param predicted what the model took it for
 * @param probability the probability that the model gave to {@code predicted}
 * @param id of the strand
 */
record Mistake(String label, String predicted, double probability, String id) {
  /** The mistakes to which the model gave the least probability of being right, worst first. */
  static List<Mistake> worst(List<Strand> strands, List<Classified> answers, int count) {
    return IntStream.range(0, strands.size())
        .filter(i -> !answers.get(i).label().equals(strands.get(i).label()))
        .boxed()
        .sorted(
            Comparator.comparingDouble(
                i -> answers.get(i).probabilities().get(strands.get(i).label())))
        .limit(count)
        .map(i -> of(strands.get(i), answers.get(i)))
        .toList();
  }

  private static Mistake of(Strand strand, Classified answer) {
    return new Mistake(strand.label(), answer.label(), answer.probability(), answer.id());
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s, taken for %s (%.4f): %s", label, predicted, probability, id);
  }
}
