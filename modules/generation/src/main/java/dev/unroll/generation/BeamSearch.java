package dev.unroll.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Looks for the most probable continuation, keeping the {@code width} most probable ones of each
 * length. It need not find the best: with a width of 1 it takes the likeliest symbol each time; a
 * width that keeps everything is an exhaustive search. Probabilities are not normalised by length,
 * so where texts may end, short ones are favoured, as they are by the model.
 */
public final class BeamSearch {
  private static final Comparator<Hypothesis> BEST_FIRST =
      Comparator.comparingDouble(Hypothesis::logProbability)
          .reversed()
          .thenComparing(Hypothesis::symbols, Arrays::compare);

  /**
   * A continuation.
   *
   * @param parent which text of the model it goes on from
   * @param symbols all of it, the last one being what it adds to the parent
   * @param logProbability of all of it
   */
  public record Hypothesis(int parent, int[] symbols, double logProbability) {
    private Hypothesis extended(int by, int symbol, double logProbability) {
      int[] longer = Arrays.copyOf(symbols, symbols.length + 1);
      longer[symbols.length] = symbol;
      return new Hypothesis(by, longer, logProbability);
    }

    private int last() {
      return symbols[symbols.length - 1];
    }
  }

  private final int width;
  private final BitSet excluded;
  private final Predicate<int[]> finished;

  /**
   * @param width at least 1
   * @param excluded symbols that do not occur
   * @param finished whether a continuation, which just got its last symbol, ends there
   */
  public BeamSearch(int width, BitSet excluded, Predicate<int[]> finished) {
    this.width = width;
    this.excluded = excluded;
    this.finished = finished;
  }

  /**
   * The best continuation found.
   *
   * @param model has begun one text and read all of it
   * @param first the logarithms of the probabilities of what follows that text
   * @param length most symbols
   */
  public Hypothesis search(NextSymbol model, float[] first, int length) {
    Hypothesis best = new Hypothesis(0, new int[0], 0);
    if (length == 0) {
      return best;
    }
    List<Hypothesis> beam = List.of(best);
    float[][] next = {first};
    best = null;
    for (int step = 1; !beam.isEmpty(); step++) {
      List<Hypothesis> alive = new ArrayList<>();
      for (Hypothesis hypothesis : extensions(beam, next)) {
        if (step < length && !finished.test(hypothesis.symbols())) {
          alive.add(hypothesis);
        } else if (best == null || BEST_FIRST.compare(hypothesis, best) < 0) {
          best = hypothesis;
        }
      }
      // A longer text is never more probable, so what falls behind a finished one is out.
      double bar = best == null ? Double.NEGATIVE_INFINITY : best.logProbability();
      alive.removeIf(hypothesis -> hypothesis.logProbability() < bar);
      beam = alive;
      if (!beam.isEmpty()) {
        model.branch(beam.stream().mapToInt(Hypothesis::parent).toArray());
        next = model.read(beam.stream().mapToInt(Hypothesis::last).toArray());
      }
    }
    return best;
  }

  /** The best extensions by one symbol, the best one first. */
  private List<Hypothesis> extensions(List<Hypothesis> beam, float[][] next) {
    List<Hypothesis> extensions = new ArrayList<>();
    for (int i = 0; i < beam.size(); i++) {
      for (int symbol = 0; symbol < next[i].length; symbol++) {
        if (!excluded.get(symbol)) {
          double sum = beam.get(i).logProbability() + next[i][symbol];
          extensions.add(beam.get(i).extended(i, symbol, sum));
        }
      }
    }
    extensions.sort(BEST_FIRST);
    return extensions.subList(0, Math.min(width, extensions.size()));
  }
}
