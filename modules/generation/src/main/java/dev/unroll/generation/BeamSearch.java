package dev.unroll.generation;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.UserError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Looks for the most probable continuation, keeping the {@code width} most probable ones of each
 * length. It need not find the best: with a width of 1 it takes the likeliest symbol each time; a
 * width that keeps everything is an exhaustive search.
 *
 * <p>A longer text is never more probable than its beginning, so where texts may end, short ones
 * win. A {@linkplain #lengthPenalty length penalty} makes up for that.
 */
public final class BeamSearch {
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

  private static final Comparator<Hypothesis> BY_SYMBOLS =
      Comparator.comparing(Hypothesis::symbols, Arrays::compare);
  private static final Comparator<Hypothesis> MOST_PROBABLE_FIRST =
      Comparator.comparingDouble(Hypothesis::logProbability).reversed().thenComparing(BY_SYMBOLS);

  private static final int WIDEST = 1_000;

  private final int width;
  private final BitSet excluded;
  private final Predicate<int[]> finished;
  private final double lengthPenalty;
  private final Comparator<Hypothesis> bestFirst =
      Comparator.<Hypothesis>comparingDouble(this::score).reversed().thenComparing(BY_SYMBOLS);

  /**
   * A search for the most probable continuation, whatever its length.
   *
   * @param width at least 1
   * @param excluded symbols that do not occur
   * @param finished whether a continuation, which just got its last symbol, ends there
   */
  public BeamSearch(int width, BitSet excluded, Predicate<int[]> finished) {
    this(width, excluded, finished, 0);
  }

  private BeamSearch(int width, BitSet excluded, Predicate<int[]> finished, double lengthPenalty) {
    this.width = width;
    this.excluded = excluded;
    this.finished = finished;
    this.lengthPenalty = lengthPenalty;
  }

  /**
   * Refuses a width that nobody waits for.
   *
   * @param least 0 where that stands for no search, else 1
   */
  public static void checkWidth(int width, int least) {
    if (width < least || width > WIDEST) {
      throw UserError.usage(
          "%s must be from %d to %d, got %d".formatted(setting("beam"), least, WIDEST, width));
    }
  }

  /**
   * The same, but texts are compared by {@code log P / ((5 + length) / 6)^alpha} (Wu et al. 2016,
   * Google's neural machine translation system, equation 14).
   *
   * @param alpha 0 for no penalty; the greater, the longer the texts; at least 0
   */
  public BeamSearch lengthPenalty(double alpha) {
    if (!(alpha >= 0)) {
      throw UserError.usage(setting("length-penalty") + " must be 0 or above, got " + alpha);
    }
    return new BeamSearch(width, excluded, finished, alpha);
  }

  /** What texts are compared by: the higher, the better. */
  public double score(Hypothesis hypothesis) {
    return score(hypothesis.logProbability(), hypothesis.symbols().length);
  }

  private double score(double logProbability, int length) {
    return logProbability / Math.pow((5.0 + length) / 6, lengthPenalty);
  }

  /**
   * The best continuation found.
   *
   * @param model has begun one text and read all of it
   * @param first the logarithms of the probabilities of what follows that text
   * @param length most symbols
   */
  public Hypothesis search(NextSymbol model, float[] first, int length) {
    return search(model, first, length, 1).get(0);
  }

  /**
   * The best continuations found, the best one first.
   *
   * @param model has begun one text and read all of it
   * @param first the logarithms of the probabilities of what follows that text
   * @param length most symbols
   * @param count most continuations, at least 1; there may be fewer, but never none
   */
  public List<Hypothesis> search(NextSymbol model, float[] first, int length, int count) {
    Hypothesis empty = new Hypothesis(0, new int[0], 0);
    if (length == 0) {
      return List.of(empty);
    }
    List<Hypothesis> beam = List.of(empty);
    float[][] next = {first};
    List<Hypothesis> best = new ArrayList<>();
    for (int step = 1; !beam.isEmpty(); step++) {
      List<Hypothesis> alive = new ArrayList<>();
      for (Hypothesis hypothesis : extensions(beam, next)) {
        boolean ends = step == length || finished.test(hypothesis.symbols());
        (ends ? best : alive).add(hypothesis);
      }
      best.sort(bestFirst);
      best.subList(Math.min(count, best.size()), best.size()).clear();
      if (best.size() == count) {
        // What is alive gains nothing but length: at best it keeps its probability to the end.
        double bar = score(best.get(count - 1));
        alive.removeIf(hypothesis -> score(hypothesis.logProbability(), length) < bar);
      }
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
    extensions.sort(MOST_PROBABLE_FIRST);
    return extensions.subList(0, Math.min(width, extensions.size()));
  }
}
